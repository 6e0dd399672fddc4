import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, it } from 'vitest';
import type { BotApiEmulator, EmulatedChat } from '../../src/testing/index.js';
import { projectFolder } from '../support/run.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';
import { ownBot } from '../support/own-bot.js';
import { checkOf, idsWith, statusesOf } from './diagnosed.js';

const IN_ORDER = [
  'options',
  'redis',
  'redis-version',
  'redis-rights',
  'redis-eviction',
  'redis-persistence',
  'proxy',
  'telegram',
  'clock',
  'token',
  'bot-settings',
  'chat',
  'chat-id',
  'chat-type',
  'membership',
  'right-to-write',
  'right-to-send-files',
  'slow-mode',
  'anonymity',
  'administrator',
  'topics',
  'right-to-manage-topics',
  'right-to-delete-messages',
  'privacy-mode',
  'webhook',
  'webhook-route',
  'webhook-updates',
  'webhook-secret',
  'webhook-delivery',
  'polling',
  'reactions',
  'commands',
];

/** A chat that is no desk: what has failed, what it says, and what else the diagnosis knows. */
interface BrokenChat {
  readonly what: string;
  readonly chat?: (emulator: BotApiEmulator) => EmulatedChat;
  readonly options?: TestDeskOptions['options'];
  readonly id: string;
  readonly finding: RegExp;
  readonly remedy: RegExp;
  readonly skipped?: readonly string[];
}

const OF_REDIS = ['redis', 'redis-version', 'redis-rights', 'redis-eviction', 'redis-persistence'];

const TOPICS = { mode: 'topics' } as const;
const AFTER_TYPE = ['membership', 'right-to-write', 'privacy-mode', 'reactions'];

const BROKEN: readonly BrokenChat[] = [
  {
    what: 'a channel',
    chat: (emulator) => emulator.createChannel({ title: 'News' }),
    id: 'chat-type',
    finding: /^@\w+ cannot work in News: it is a channel, where agents cannot reply/,
    remedy: /TELEGRAM_ADMIN_CHAT_ID.*discussion group/,
    skipped: AFTER_TYPE,
  },
  {
    what: 'a chat that is not there',
    options: { adminChatId: -1_001_234 },
    id: 'chat',
    finding: /^The bot cannot find the chat -1001234 .*chat not found/,
    remedy: /-100.*member/,
    skipped: ['chat-type', ...AFTER_TYPE],
  },
  {
    what: 'a group that the bot was removed from',
    chat: (emulator) => changed(emulator.createSupergroup({ title: 'Support' }), 'kicked'),
    id: 'chat',
    finding: /^The bot is not a member of the chat -\d+ .*403/,
    remedy: /add the bot to the chat/,
  },
  {
    what: 'a public group that the bot is not in',
    chat: (emulator) =>
      changed(emulator.createSupergroup({ title: 'Support', username: 'the_desk' }), 'left'),
    id: 'membership',
    finding: /^@\w+ cannot work in Support: it is not a member/,
    remedy: /^Add the bot to the group/,
    skipped: ['right-to-write', 'privacy-mode'],
  },
  {
    what: 'a group that lets members not write',
    chat: (emulator) => {
      const chat = changed(emulator.createSupergroup({ title: 'Support' }), 'member');
      chat.setPermissions({ can_send_messages: false });
      return chat;
    },
    id: 'right-to-write',
    finding: /^@\w+ cannot work in Support: it is not allowed to write there/,
    remedy: /administrator/,
  },
  {
    what: 'a basic group in topics mode',
    chat: (emulator) => emulator.createGroup({ title: 'Support' }),
    options: TOPICS,
    id: 'topics',
    finding: /mode is 'topics': the chat has no topics/,
    remedy: /^Turn them on in the settings of the group\. The group becomes a supergroup/,
    skipped: ['right-to-manage-topics', 'right-to-delete-messages'],
  },
  {
    what: 'a supergroup without topics in topics mode',
    options: TOPICS,
    id: 'topics',
    finding: /mode is 'topics': the chat has no topics/,
    remedy: /^Turn them on in the settings of the group$/,
  },
  {
    what: 'a private chat whose bot has no topics in topics mode',
    chat: (emulator) => emulator.createPrivateChat('Ada'),
    options: TOPICS,
    id: 'topics',
    finding: /the bot has no topics in private chats/,
    remedy: /@BotFather/,
  },
  {
    what: 'a forum where the bot may not manage topics',
    chat: (emulator) => {
      const chat = emulator.createForum({ title: 'Support' });
      chat.setBotRights({ can_manage_topics: false });
      return chat;
    },
    options: TOPICS,
    id: 'right-to-manage-topics',
    finding: /the bot may not manage topics/,
    remedy: /administrator with that right/,
  },
];

describe('A diagnosis', () => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  it.each(['memory', 'Redis'])(
    'passes when all is well in a group, in %s, and asks Telegram for each thing once',
    async (place) => {
      desk = await TestDesk.start({
        emulator: { bots: [ownBot()] },
        options: place === 'Redis' ? { redis: inject('redisUrl') } : {},
      });
      const before = desk.emulator.calls.length;
      const diagnosis = await desk.telegram.diagnose();
      expect(diagnosis.checks.map(({ id }) => id)).toEqual(IN_ORDER);
      expect(diagnosis.ok).toBe(true);
      const ofRedis = place === 'Redis' ? [] : OF_REDIS;
      const ofTopics = ['topics', 'right-to-manage-topics', 'right-to-delete-messages'];
      expect(idsWith(diagnosis, 'skipped')).toEqual([...ofRedis, ...ofTopics, 'polling']);
      // The Redis of the tests keeps nothing.
      const warnings = place === 'Redis' ? ['redis-persistence'] : [];
      expect(idsWith(diagnosis, 'warning')).toEqual(warnings);
      const asked = desk.emulator.calls.slice(before).map(({ method }) => method);
      expect(asked).toEqual([
        'getMe',
        'getChat',
        'getChatMember',
        'getWebhookInfo',
        'getMyCommands',
      ]);
      expect(JSON.parse(JSON.stringify(diagnosis))).toEqual(diagnosis);
    },
  );

  it('is documented check by check, in the same order', async () => {
    desk = await TestDesk.start({ webhook: false });
    const docs = await readFile(join(projectFolder, 'docs/diagnose.md'), 'utf8');
    const rows = [...docs.matchAll(/^\| `([a-z][a-z-]*)`/gm)].map(([, id]) => id);
    const { checks } = await desk.telegram.diagnose();
    expect(rows).toEqual(checks.map(({ id }) => id));
  });

  it('passes in a forum with mode topics, and in a private chat', async () => {
    desk = await TestDesk.start({
      chat: (emulator) => emulator.createForum({ title: 'Support' }),
      options: TOPICS,
    });
    const forum = await desk.telegram.diagnose();
    expect(idsWith(forum, 'skipped')).toEqual([...OF_REDIS, 'polling']);
    expect(idsWith(forum, 'ok')).toHaveLength(IN_ORDER.length - OF_REDIS.length - 1);
    await desk.stop();
    desk = await TestDesk.start({ chat: (emulator) => emulator.createPrivateChat('Ada') });
    const chat = await desk.telegram.diagnose();
    expect(chat.ok).toBe(true);
    expect(checkOf(chat, 'chat').finding).toMatch(
      /^The chat is Ada, a private chat with the id \d+$/,
    );
    expect(checkOf(chat, 'chat-type').finding).toBe('Agents can answer in a private chat');
  });

  it.each(BROKEN)('says what is wrong and what to do when the chat is $what', async (broken) => {
    const { chat, options = {}, id, finding, remedy, skipped = [] } = broken;
    desk = await TestDesk.start({ unchecked: true, options, ...(chat && { chat }) });
    const diagnosis = await desk.telegram.diagnose();
    expect(diagnosis.ok).toBe(false);
    expect(idsWith(diagnosis, 'failed')).toEqual([id]);
    const check = checkOf(diagnosis, id);
    expect(check.finding).toMatch(finding);
    expect(check.remedy).toMatch(remedy);
    for (const later of skipped) {
      expect(checkOf(diagnosis, later)).toEqual({
        id: later,
        status: 'skipped',
        finding: `Not checked, because the check "${id}" has failed`,
      });
    }
    expect(statusesOf(diagnosis)['webhook']).toBe('ok');
  });

  it('warns when the bot may not delete messages in topics', async () => {
    desk = await TestDesk.start({
      chat: (emulator) => {
        const chat = emulator.createForum({ title: 'Support' });
        chat.setBotRights({ can_delete_messages: false });
        return chat;
      },
      options: TOPICS,
    });
    const diagnosis = await desk.telegram.diagnose();
    expect(diagnosis.ok).toBe(true);
    expect(checkOf(diagnosis, 'right-to-delete-messages')).toMatchObject({
      status: 'warning',
      remedy: expect.stringContaining('Give it that right'),
    });
    expect(idsWith(diagnosis, 'warning')).toEqual(['right-to-delete-messages']);
  });

  it('warns of privacy mode where the bot is no administrator, and fails in topics mode', async () => {
    desk = await TestDesk.start({
      chat: (emulator) => emulator.createSupergroup({ title: 'Support', botStatus: 'member' }),
    });
    const replies = await desk.telegram.diagnose();
    expect(idsWith(replies, 'warning')).toEqual(['privacy-mode']);
    expect(checkOf(replies, 'privacy-mode').remedy).toContain('/setprivacy');
    await desk.stop();
    desk = await TestDesk.start({
      chat: (emulator) => emulator.createForum({ title: 'Support', botStatus: 'member' }),
      options: TOPICS,
    });
    const topics = await desk.telegram.diagnose();
    expect(idsWith(topics, 'failed')).toEqual(['right-to-manage-topics', 'privacy-mode']);
    await desk.stop();
    desk = await TestDesk.start({
      chat: (emulator) => emulator.createSupergroup({ title: 'Support', botStatus: 'member' }),
      emulator: { bots: [{ canReadAllGroupMessages: true }] },
    });
    expect(idsWith(await desk.telegram.diagnose(), 'warning')).toEqual(['administrator']);
  });

  it('warns of a bot that may not be added to groups only while it is not in the chat', async () => {
    desk = await TestDesk.start({ emulator: { bots: [{ canJoinGroups: false }] } });
    expect(checkOf(await desk.telegram.diagnose(), 'bot-settings')).toEqual({
      id: 'bot-settings',
      status: 'ok',
      finding:
        '@support_desk_bot may not be added to groups, which keeps others from using it: it is in the admin chat',
    });
    desk.chat.setBotStatus('kicked');
    expect(checkOf(await desk.telegram.diagnose(), 'bot-settings')).toMatchObject({
      status: 'warning',
      remedy: 'Turn it on at @BotFather: /setjoingroups, Enable',
    });
  });

  it.each<[string, readonly string[], string, RegExp]>([
    ['none', [], 'warning', /no reaction that could acknowledge/],
    ['one that would mislead', ['👎'], 'warning', /no reaction that could acknowledge/],
    ['one that fits', ['👎', '🔥'], 'ok', /with 🔥/],
  ])('tells the reaction when the chat allows %s', async (_name, allowed, status, finding) => {
    desk = await TestDesk.start();
    desk.chat.allowReactions(allowed);
    const check = checkOf(await desk.telegram.diagnose(), 'reactions');
    expect(check.status).toBe(status);
    expect(check.finding).toMatch(finding);
  });

  it('follows the group when Telegram says that it has become a supergroup', async () => {
    desk = await TestDesk.start({ chat: (emulator) => emulator.createGroup({ title: 'Support' }) });
    const former = desk.chat.id;
    await desk.telegram.unregisterWebhook();
    const { id } = desk.chat.upgrade();
    desk.emulator.failNext('getChat', {
      kind: 'error',
      errorCode: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: id },
    });
    const diagnosis = await desk.telegram.diagnose();
    expect(checkOf(diagnosis, 'chat')).toMatchObject({
      status: 'ok',
      finding: `The chat is Support, a supergroup with the id ${id}`,
    });
    expect(checkOf(diagnosis, 'chat-id')).toMatchObject({
      status: 'warning',
      finding: `The group has become a supergroup with the id ${id}; adminChatId is ${former}`,
      remedy: `Set adminChatId (TELEGRAM_ADMIN_CHAT_ID) to ${id}`,
    });
    await desk.telegram.sendMessage('Hello');
    expect(desk.emulator.callsOf('sendMessage').at(-1)?.params).toMatchObject({ chat_id: id });
  });
});

function changed(chat: EmulatedChat, status: 'kicked' | 'left' | 'member'): EmulatedChat {
  chat.setBotStatus(status);
  return chat;
}
