import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedChat } from './emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';

/** The id of the icon ✅. */
const DONE = '5237699328843200968';

describe('EmulatedChat.topics', () => {
  let telegram: BotApiEmulator;
  let bot: EmulatorClient;
  let forum: EmulatedChat;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock(1_750_000_000_000) });
    bot = new EmulatorClient(telegram);
    forum = telegram.createForum({ title: 'Forum' });
  });

  afterEach(() => telegram.stop());

  it('shows what the bot created, and what is in it', async () => {
    const icon = { icon_color: 0xff_d6_7e, icon_custom_emoji_id: DONE };
    const params = { chat_id: forum.id, name: 'Order 42', ...icon };
    expect(await bot.call('createForumTopic', params)).toMatchObject({
      result: { message_thread_id: 2, name: 'Order 42', ...icon },
    });
    await bot.call('sendMessage', { chat_id: forum.id, message_thread_id: 2, text: 'Where?' });
    forum.agent('Ann').write('General');
    forum.agent('Ann').reply(3, 'On its way');
    expect(forum.topics).toEqual([
      {
        id: 2,
        name: 'Order 42',
        iconColor: 0xff_d6_7e,
        iconCustomEmojiId: DONE,
        icon: '✅',
        isClosed: false,
        messages: [
          expect.objectContaining({ forum_topic_created: { name: 'Order 42', ...icon } }),
          expect.objectContaining({ text: 'Where?' }),
          expect.objectContaining({ text: 'On its way' }),
        ],
      },
    ]);
  });

  it.each<[string, string, object, object]>([
    ['a name', 'editForumTopic', { name: 'Order 43' }, { name: 'Order 43' }],
    ['an icon', 'editForumTopic', { icon_custom_emoji_id: DONE }, { iconCustomEmojiId: DONE }],
    ['that it is closed', 'closeForumTopic', {}, { isClosed: true }],
  ])('follows the bot: %s', async (_what, method, params, topic) => {
    const { id } = forum.agent('Ann').createTopic('Order 42');
    await bot.updates();
    const call = { chat_id: forum.id, message_thread_id: id, ...params };
    expect(await bot.call(method, call)).toEqual({ ok: true, result: true });
    expect(forum.topics).toMatchObject([{ name: 'Order 42', iconCustomEmojiId: '', ...topic }]);
    // The bot gets the service messages of its own calls.
    expect(await bot.updates()).toMatchObject([
      { message: { from: { id: telegram.bot.id }, message_thread_id: id } },
    ]);
  });

  describe('waitForTopic', () => {
    it('resolves with the topic at once, when it comes, or when it changes', async () => {
      const boss = forum.agent('Boss', { status: 'administrator' });
      const created = forum.waitForTopic(({ name }) => name === 'Order 42');
      const { id } = boss.createTopic('Order 42');
      expect(await created).toMatchObject({ id, isClosed: false });
      expect(await forum.waitForTopic(({ name }) => name === 'Order 42')).toMatchObject({ id });
      const done = forum.waitForTopic(({ icon, isClosed }) => icon === '✅' && isClosed);
      boss.closeTopic(id);
      boss.changeTopicIcon(id, '✅');
      expect(await done).toMatchObject({ id });
    });

    it('rejects with the topics that there are', async () => {
      const boss = forum.agent('Boss', { status: 'administrator' });
      const wait = (): Promise<unknown> => forum.waitForTopic(() => false, 1);
      await expect(wait()).rejects.toThrow('There are no topics.');
      boss.closeTopic(boss.createTopic('Order 42', { icon: '💬' }));
      await expect(wait()).rejects.toThrow(
        'No such topic came within 1 ms. The topics are:\n  2 💬 Order 42: closed, 2 messages',
      );
    });
  });

  it('follows an icon that is taken away', async () => {
    const { id } = forum.agent('Ann').createTopic('Order 42');
    const edit = (emoji: string): Promise<unknown> =>
      bot.call('editForumTopic', {
        chat_id: forum.id,
        message_thread_id: id,
        icon_custom_emoji_id: emoji,
      });
    await edit(DONE);
    await edit('');
    expect(forum.topics).toMatchObject([{ iconCustomEmojiId: '' }]);
    expect(forum.messages.at(-1)).toMatchObject({
      forum_topic_edited: { icon_custom_emoji_id: '' },
    });
  });

  it('does not show General, which has a place of its own', async () => {
    forum.agent('Ann').write('General');
    expect(forum.topics).toEqual([]);
    expect(forum.generalTopic).toEqual({ name: 'General', isClosed: false, isHidden: false });
    await bot.call('hideGeneralForumTopic', { chat_id: forum.id });
    expect(forum.generalTopic).toEqual({ name: 'General', isClosed: true, isHidden: true });
    await bot.call('unhideGeneralForumTopic', { chat_id: forum.id });
    expect(forum.generalTopic).toEqual({ name: 'General', isClosed: true, isHidden: false });
    expect(forum.messages.slice(1)).toMatchObject([
      { general_forum_topic_hidden: {} },
      { general_forum_topic_unhidden: {} },
    ]);
  });
});
