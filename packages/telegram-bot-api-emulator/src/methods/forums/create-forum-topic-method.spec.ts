import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import type { EmulatedChat } from '../../chats/emulated-chat.js';

const BLUE = 0x6f_b9_f0;

describe('CreateForumTopicMethod', () => {
  let telegram: BotApiEmulator;
  let client: WireClient;
  let forum: EmulatedChat;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ bots: [{ hasTopicsEnabled: true }] });
    client = new WireClient(telegram);
    forum = telegram.createForum({ title: 'Forum' });
  });

  afterEach(() => telegram.stop());

  const create = (params: object): Promise<unknown> =>
    client.call('createForumTopic', { chat_id: forum.id, ...params });
  const errorOf = (params: object): Promise<string> =>
    client.errorOf('createForumTopic', { chat_id: forum.id, ...params });

  it('creates a topic with a message that begins it, of which the bot learns', async () => {
    const answer = await create({ name: 'Order 7' });
    const [topic] = forum.topics;
    expect(answer).toEqual({
      ok: true,
      result: { message_thread_id: topic?.id, name: 'Order 7', icon_color: BLUE },
    });
    const first = {
      message_id: topic?.id,
      message_thread_id: topic?.id,
      is_topic_message: true,
      from: { id: telegram.bot.id },
      forum_topic_created: { name: 'Order 7', icon_color: BLUE },
    };
    expect(topic).toMatchObject({ isClosed: false, iconCustomEmojiId: '', messages: [first] });
    expect(await client.call('getUpdates')).toMatchObject({ result: [{ message: first }] });
  });

  it('creates two topics for one name', async () => {
    await create({ name: 'Same' });
    await create({ name: 'Same' });
    const [one, other] = forum.topics;
    expect(one?.name).toBe(other?.name);
    expect(one?.id).not.toBe(other?.id);
  });

  it.each([
    [' a \t b ', 'a b'],
    ['x'.repeat(129), 'x'.repeat(128)],
    ['😀'.repeat(129), '😀'.repeat(128)],
    [`${'x'.repeat(127)} y`, 'x'.repeat(127)],
    ['a\u2028b', 'ab'],
  ])('keeps of the name %j %j', async (name, kept) => {
    expect(await create({ name })).toMatchObject({ result: { name: kept } });
    expect(forum.topics).toMatchObject([{ name: kept }]);
  });

  it.each([0x6f_b9_f0, 0xff_d6_7e, 0xcb_86_db, 0x8e_ee_98, 0xff_93_b2, 0xfb_6f_5f])(
    'takes the colour %i and an emoji',
    async (icon_color) => {
      const icon = { icon_color, icon_custom_emoji_id: '5237699328843200968' };
      expect(await create({ name: 'T', ...icon })).toMatchObject({ result: icon });
      expect(forum.topics).toMatchObject([
        { iconColor: icon_color, iconCustomEmojiId: '5237699328843200968' },
      ]);
      expect(forum.messages[0]?.forum_topic_created).toEqual({ name: 'T', ...icon });
    },
  );

  it.each<[object, string]>([
    [{}, 'name must be non-empty'],
    [{ name: ' \n' }, 'name must be non-empty'],
    [{ name: 'T', icon_color: 1 }, 'invalid icon color specified'],
    [{ name: 'T', icon_custom_emoji_id: '77' }, 'DOCUMENT_INVALID'],
  ])('refuses %j: %s', async (params, reason) => {
    expect(await errorOf(params)).toBe(`Bad Request: ${reason}`);
    expect(forum.topics).toEqual([]);
  });

  it('needs the right to manage topics', async () => {
    forum.setBotRights({ can_manage_topics: false });
    expect(await errorOf({ name: 'T' })).toBe('Bad Request: not enough rights to create a topic');
    forum.setBotStatus('member');
    expect(await errorOf({ name: 'T' })).toBe('Bad Request: not enough rights to create a topic');
    forum.setPermissions({ can_manage_topics: true });
    expect(await errorOf({ name: 'T' })).toBe('ok');
    forum.setBotStatus('restricted');
    expect(await errorOf({ name: 'T' })).toBe('Bad Request: not enough rights to create a topic');
  });

  it('counts as a message in the flood limits', async () => {
    for (let sent = 0; sent < 19; sent++) {
      await client.call('sendMessage', { chat_id: forum.id, text: 'hi' });
    }
    expect(await errorOf({ name: 'T' })).toBe('ok');
    expect(await create({ name: 'T' })).toMatchObject({ error_code: 429 });
    expect(forum.topics).toHaveLength(1);
  });

  it('creates topics in private chats of a bot that has them, and in no other chats', async () => {
    const chat = telegram.createPrivateChat('Ann');
    expect(await errorOf({ chat_id: chat.id, name: 'Mine' })).toBe('ok');
    expect(chat.topics).toMatchObject([{ name: 'Mine' }]);
    const others = [
      telegram.createGroup({ title: 'G' }),
      telegram.createSupergroup({ title: 'S' }),
      telegram.createChannel({ title: 'C' }),
    ].map(({ id }) => errorOf({ chat_id: id, name: 'T' }));
    expect(new Set(await Promise.all(others))).toEqual(
      new Set(['Bad Request: the chat is not a forum']),
    );
  });
});
