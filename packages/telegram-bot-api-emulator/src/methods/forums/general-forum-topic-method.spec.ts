import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import type { EmulatedChat } from '../../chats/emulated-chat.js';

const NOT_MODIFIED = 'Bad Request: TOPIC_NOT_MODIFIED';

describe('GeneralForumTopicMethod', () => {
  let telegram: BotApiEmulator;
  let client: WireClient;
  let forum: EmulatedChat;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start();
    client = new WireClient(telegram);
    forum = telegram.createForum({ title: 'Forum' });
  });

  afterEach(() => telegram.stop());

  const change = (action: string, params: object = {}): Promise<string> =>
    client.errorOf(`${action}GeneralForumTopic`, { chat_id: forum.id, ...params });

  it('begins open and shown', () => {
    expect(forum.generalTopic).toEqual({ name: 'General', isClosed: false, isHidden: false });
  });

  it.each<[string[], string, object, object]>([
    [[], 'close', { forum_topic_closed: {} }, { isClosed: true, isHidden: false }],
    [['close'], 'reopen', { forum_topic_reopened: {} }, { isClosed: false, isHidden: false }],
    [[], 'hide', { general_forum_topic_hidden: {} }, { isClosed: true, isHidden: true }],
    [['close'], 'hide', { general_forum_topic_hidden: {} }, { isClosed: true, isHidden: true }],
    [['hide'], 'unhide', { general_forum_topic_unhidden: {} }, { isClosed: true, isHidden: false }],
    [['hide'], 'reopen', { forum_topic_reopened: {} }, { isClosed: false, isHidden: false }],
  ])('after %j: %s posts %j and makes it %j', async (before, action, event, state) => {
    for (const step of before) await change(step);
    expect(await client.call(`${action}GeneralForumTopic`, { chat_id: forum.id })).toEqual({
      ok: true,
      result: true,
    });
    expect(forum.generalTopic).toEqual({ name: 'General', ...state });
    const last = forum.messages.at(-1);
    expect(last).toMatchObject({ from: { id: telegram.bot.id }, ...event });
    expect(last).not.toHaveProperty('message_thread_id');
    expect(last).not.toHaveProperty('is_topic_message');
  });

  it.each<[string[], string]>([
    [['close'], 'close'],
    [[], 'reopen'],
    [['hide'], 'hide'],
    [[], 'unhide'],
    [['hide'], 'close'],
  ])('after %j: %s changes nothing', async (before, action) => {
    for (const step of before) await change(step);
    const posted = forum.messages.length;
    expect(await change(action)).toBe(NOT_MODIFIED);
    expect(forum.messages).toHaveLength(posted);
  });

  it('is renamed, but not to nothing', async () => {
    expect(await change('edit', { name: ' Lobby ' })).toBe('ok');
    expect(forum.generalTopic).toMatchObject({ name: 'Lobby' });
    expect(forum.messages).toMatchObject([{ forum_topic_edited: { name: 'Lobby' } }]);
    expect(await change('edit', { name: 'Lobby' })).toBe(NOT_MODIFIED);
    expect(await change('edit')).toBe('ok');
    expect(await change('edit', { name: ' ' })).toBe('Bad Request: name must be non-empty');
    expect(forum.messages).toHaveLength(1);
  });

  it('is closed for members, and for a bot that may not manage topics', async () => {
    await change('close');
    expect(() => forum.agent('Bob').write('hi')).toThrow('Topic "General" is closed for Bob');
    expect(await client.errorOf('sendMessage', { chat_id: forum.id, text: 'hi' })).toBe('ok');
    forum.setBotRights({ can_manage_topics: false });
    expect(await client.errorOf('sendMessage', { chat_id: forum.id, text: 'hi' })).toBe(
      'Bad Request: TOPIC_CLOSED',
    );
  });

  it.each([
    ['edit', 'edit the topic'],
    ['close', 'close or open the topic'],
    ['reopen', 'close or open the topic'],
    ['hide', 'close or open the topic'],
    ['unhide', 'close or open the topic'],
  ])('%s needs the right to', async (action, deed) => {
    forum.setBotRights({ can_manage_topics: false });
    expect(await change(action, { name: 'Lobby' })).toBe(
      `Bad Request: not enough rights to ${deed}`,
    );
    expect(forum.generalTopic).toEqual({ name: 'General', isClosed: false, isHidden: false });
  });

  it('exists in forums only', async () => {
    const { id } = telegram.createSupergroup({ title: 'Group' });
    expect(await change('close', { chat_id: id })).toBe('Bad Request: the chat is not a forum');
  });
});
