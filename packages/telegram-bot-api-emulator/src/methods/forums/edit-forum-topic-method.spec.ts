import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import type { EmulatedChat } from '../../chats/emulated-chat.js';

/** The id of the icon ✅. */
const DONE = '5237699328843200968';

/** What becomes of calls without the right for an own topic. */
const OUTCOMES: Readonly<Record<string, string>> = {
  reopenForumTopic: 'Bad Request: TOPIC_NOT_MODIFIED',
  deleteForumTopic: 'Bad Request: CHAT_ADMIN_REQUIRED',
};

describe('changing a topic', () => {
  let telegram: BotApiEmulator;
  let client: WireClient;
  let forum: EmulatedChat;
  let topicId: number;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start();
    client = new WireClient(telegram);
    forum = telegram.createForum({ title: 'Forum' });
    topicId = forum.agent('Ann').createTopic('Old').id;
  });

  afterEach(() => telegram.stop());

  const call = (method: string, params: object = {}): Promise<string> =>
    client.errorOf(method, { chat_id: forum.id, message_thread_id: topicId, ...params });
  /** The service message that came last. */
  const lastEvent = (): unknown => forum.messages.at(-1);

  describe('editForumTopic', () => {
    it.each<[object, object, object]>([
      [{ name: ' New ' }, { name: 'New' }, { name: 'New' }],
      [{ icon_custom_emoji_id: DONE }, { icon_custom_emoji_id: DONE }, { iconCustomEmojiId: DONE }],
      [
        { name: 'New', icon_custom_emoji_id: DONE },
        { name: 'New', icon_custom_emoji_id: DONE },
        { name: 'New', iconCustomEmojiId: DONE },
      ],
      [
        { name: 'Old', icon_custom_emoji_id: DONE },
        { icon_custom_emoji_id: DONE },
        { name: 'Old', iconCustomEmojiId: DONE },
      ],
    ])('posts a service message of %j as %j', async (params, posted, topic) => {
      expect(await call('editForumTopic', params)).toBe('ok');
      expect(forum.topics).toMatchObject([topic]);
      expect(lastEvent()).toMatchObject({
        message_thread_id: topicId,
        from: { id: telegram.bot.id },
        reply_to_message: { message_id: topicId },
        forum_topic_edited: posted,
      });
      const { forum_topic_edited: event } = forum.messages.at(-1) ?? {};
      expect(event).toEqual(posted);
    });

    it('takes the icon away', async () => {
      await call('editForumTopic', { icon_custom_emoji_id: DONE });
      expect(await call('editForumTopic', { icon_custom_emoji_id: '' })).toBe('ok');
      expect(forum.topics).toMatchObject([{ iconCustomEmojiId: '' }]);
      expect(lastEvent()).toMatchObject({ forum_topic_edited: { icon_custom_emoji_id: '' } });
    });

    it.each<[object, string]>([
      [{}, 'ok'],
      [{ name: '' }, 'ok'],
      [{ name: ' ' }, 'Bad Request: name must be non-empty'],
      [{ name: 'Old' }, 'Bad Request: TOPIC_NOT_MODIFIED'],
      [{ icon_custom_emoji_id: '' }, 'Bad Request: TOPIC_NOT_MODIFIED'],
      [{ icon_custom_emoji_id: '7' }, 'Bad Request: DOCUMENT_INVALID'],
      [
        { message_thread_id: 1, icon_custom_emoji_id: DONE },
        'Bad Request: GENERAL_MODIFY_ICON_FORBIDDEN',
      ],
      [{ message_thread_id: 99, name: 'New' }, 'Bad Request: TOPIC_ID_INVALID'],
    ])('changes nothing for %j and says %s', async (params, outcome) => {
      const before = forum.messages.length;
      expect(await call('editForumTopic', params)).toBe(outcome);
      expect(forum.topics).toMatchObject([{ name: 'Old', iconCustomEmojiId: '' }]);
      expect(forum.messages).toHaveLength(before);
    });
  });

  describe('closeForumTopic and reopenForumTopic', () => {
    it('close and reopen a topic, each once', async () => {
      expect(await call('reopenForumTopic')).toBe('Bad Request: TOPIC_NOT_MODIFIED');
      expect(await call('closeForumTopic')).toBe('ok');
      expect(forum.topics).toMatchObject([{ isClosed: true }]);
      expect(lastEvent()).toMatchObject({ message_thread_id: topicId, forum_topic_closed: {} });
      expect(await call('closeForumTopic')).toBe('Bad Request: TOPIC_NOT_MODIFIED');
      expect(await call('reopenForumTopic')).toBe('ok');
      expect(forum.topics).toMatchObject([{ isClosed: false }]);
      expect(lastEvent()).toMatchObject({ message_thread_id: topicId, forum_topic_reopened: {} });
    });

    it('keep out members, and a bot that may not manage topics', async () => {
      await call('closeForumTopic');
      expect(() => forum.agent('Bob').write('hi', { message_thread_id: topicId })).toThrow(
        'Topic "Old" is closed for Bob',
      );
      expect(await call('sendMessage', { text: 'hi' })).toBe('ok');
      forum.setBotRights({ can_manage_topics: false });
      expect(await call('sendMessage', { text: 'hi' })).toBe('Bad Request: TOPIC_CLOSED');
    });
  });

  describe('deleteForumTopic', () => {
    it('deletes the topic with its messages, without an update', async () => {
      const ann = forum.agent('Ann');
      ann.write('in it', { message_thread_id: topicId });
      const other = ann.createTopic('Other').id;
      ann.write('elsewhere', { message_thread_id: other });
      ann.write('in General');
      const updates = telegram.bot.pendingUpdates;
      expect(await call('deleteForumTopic')).toBe('ok');
      expect(forum.topics).toMatchObject([{ name: 'Other' }]);
      expect(forum.messages.map(({ text }) => text)).toEqual([
        undefined,
        'elsewhere',
        'in General',
      ]);
      expect(telegram.bot.pendingUpdates).toBe(updates);
      expect(await call('deleteForumTopic')).toBe('Bad Request: TOPIC_ID_INVALID');
    });

    it('takes the pins of the topic along', async () => {
      const { message_id } = forum.agent('Ann').write('in it', { message_thread_id: topicId });
      await call('pinChatMessage', { message_id });
      await call('deleteForumTopic');
      expect(forum.pinned).toEqual([]);
    });
  });

  it.each<[string, object, string]>([
    ['editForumTopic', { can_manage_topics: false }, 'edit the topic'],
    ['closeForumTopic', { can_manage_topics: false }, 'close or open the topic'],
    ['reopenForumTopic', { can_manage_topics: false }, 'close or open the topic'],
    ['deleteForumTopic', { can_delete_messages: false }, 'delete the topic'],
  ])(
    '%s needs the right to, as far as the server knows but for topics of the bot itself',
    async (method, rights, deed) => {
      await call('createForumTopic', { name: 'Own' });
      const own = forum.topics.at(-1)?.id;
      forum.setBotRights(rights);
      expect(await call(method, { name: 'New' })).toBe(`Bad Request: not enough rights to ${deed}`);
      expect(await call(method, { name: 'New', message_thread_id: own })).toBe(
        OUTCOMES[method] ?? 'ok',
      );
      expect(forum.topics[0]).toMatchObject({ name: 'Old', isClosed: false });
    },
  );
});
