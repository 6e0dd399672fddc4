import { Scope } from '@nestjs/common';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { getBotInternalsToken } from '../../src/bot-internals.js';
import {
  TelegramArgumentError,
  TelegramModule,
  type TelegramModuleOptions,
} from '../../src/index.js';
import { TelegramHealthIndicator, type TelegramHealthOptions } from '../../src/terminus/index.js';
import {
  BotApiEmulator,
  SystemClock,
  VirtualClock,
  type EmulatedChat,
  type EmulatorFault,
} from '../../src/testing/index.js';
import { Gate } from '../support/gate.js';
import { adapterNames } from '../support/http-adapters.js';
import { ownBot } from '../support/own-bot.js';
import { ReplyLog } from '../support/reply-log.js';
import { RedisServer } from '../support/redis-server.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';
import { TravelClock } from '../support/travel.clock.js';
import { askHealth, healthModule, type HealthAnswer } from './health-app.js';

const MINUTE_MS = 60_000;

/** Where other tests run beside these, the first look takes longer than it is waited for. */
const PATIENT = { timeoutMs: 20_000 };

/** What a look at a desk asks Telegram. */
const ASKED = ['getMe', 'getChat', 'getChatMember', 'getWebhookInfo', 'getMyCommands'] as const;

interface BrokenDesk {
  readonly what: string;
  readonly break?: (chat: EmulatedChat) => void;
  readonly chat?: (emulator: BotApiEmulator) => EmulatedChat;
  readonly options?: Partial<TelegramModuleOptions>;
  readonly check: string;
}

/** The problems but that of the clock: time travels while Telegram is asked. */
function othersIn({ problems = [] }: HealthAnswer['desk']): unknown[] {
  return problems.filter(({ check }) => check !== 'clock');
}

const TOPICS = { mode: 'topics' } as const;

const forum = (emulator: BotApiEmulator): EmulatedChat =>
  emulator.createForum({ title: 'Support' });

const FATAL: readonly BrokenDesk[] = [
  {
    what: 'the token is refused',
    options: { botToken: `7000000009:${'x'.repeat(35)}` },
    check: 'token',
  },
  { what: 'the bot was removed', break: (chat) => chat.setBotStatus('kicked'), check: 'chat' },
  { what: 'there is no such chat', options: { adminChatId: -1_001_234 }, check: 'chat' },
  {
    what: 'the chat is a channel',
    chat: (emulator) => emulator.createChannel({ title: 'News' }),
    check: 'chat-type',
  },
  {
    what: 'the bot is not in the public chat',
    chat: (emulator) =>
      emulator.createSupergroup({ title: 'S', username: 'the_desk', botStatus: 'left' }),
    check: 'membership',
  },
  {
    what: 'the bot may not write',
    break: (chat) => {
      chat.setBotStatus('member');
      chat.setPermissions({ can_send_messages: false });
    },
    check: 'right-to-write',
  },
  { what: 'the chat has no topics in topics mode', options: TOPICS, check: 'topics' },
  {
    what: 'the bot has lost the right to manage topics',
    chat: forum,
    options: TOPICS,
    break: (chat) => chat.setBotRights({ can_manage_topics: false }),
    check: 'right-to-manage-topics',
  },
];

describe('The health of a desk', () => {
  let desk: TestDesk;
  let server: RedisServer | undefined;
  afterEach(async () => {
    await desk.stop();
    await server?.stop();
    server = undefined;
  });

  async function start(
    wanted: TestDeskOptions = {},
    health: TelegramHealthOptions = {},
  ): Promise<void> {
    desk = await TestDesk.start({ ...wanted, imports: [healthModule({ ...PATIENT, ...health })] });
  }

  const timesAsked = () => ASKED.map((method) => desk.emulator.callsOf(method).length);

  it.each(adapterNames)('is up when all is well, on %s', async (adapter) => {
    await start({ adapter });
    expect(await askHealth(desk)).toMatchObject({
      code: 200,
      status: 'ok',
      desk: {
        status: 'up',
        enabled: true,
        checkedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        oldestJobMs: 0,
        pendingUpdates: 0,
        problems: [],
      },
    });
  });

  it.each(adapterNames)(
    'is down when the bot was removed from the chat, on %s',
    async (adapter) => {
      await start({ adapter });
      desk.chat.setBotStatus('kicked');
      const { code, status, desk: seen } = await askHealth(desk);
      expect([code, status]).toEqual([503, 'error']);
      expect(seen).toMatchObject({
        status: 'down',
        problems: [{ check: 'chat', status: 'failed' }],
      });
    },
  );

  it.each(FATAL)('is down when $what, and says no more than that', async (broken) => {
    const { chat, options = {}, check } = broken;
    await start({ unchecked: true, options, ...(chat && { chat }) });
    broken.break?.(desk.chat);
    const { code, desk: seen, text } = await askHealth(desk);
    expect([code, seen.status]).toEqual([503, 'down']);
    expect(seen.problems).toEqual([{ check, status: 'failed' }]);
    for (const hidden of [desk.emulator.bot.token, 'xxxx', 'Support', desk.emulator.bot.username]) {
      expect(text).not.toContain(hidden);
    }
  });

  it('says what was found and what to do where that is wanted, without secrets', async () => {
    await start(
      { options: { botToken: `7000000009:${'x'.repeat(35)}` }, unchecked: true },
      {
        verbose: true,
      },
    );
    const { desk: seen, text } = await askHealth(desk);
    expect(seen.problems).toEqual([
      expect.objectContaining({ check: 'token', remedy: 'Copy it from @BotFather' }),
    ]);
    expect(text).not.toContain('xxxx');
  });

  it('is degraded when the chat allows no reaction, unless that does not count', async () => {
    await start();
    desk.chat.allowReactions([]);
    expect(await askHealth(desk)).toMatchObject({
      code: 200,
      status: 'degraded',
      desk: { status: 'degraded', problems: [{ check: 'reactions', status: 'warning' }] },
    });
    await desk.stop();
    await start({}, { ignore: ['reactions'] });
    desk.chat.allowReactions([]);
    expect(await askHealth(desk)).toMatchObject({ status: 'ok', desk: { problems: [] } });
  });

  it.each<[string, (chat: EmulatedChat) => void, Pick<BrokenDesk, 'chat' | 'options'>]>([
    [
      'right-to-delete-messages',
      (chat) => chat.setBotRights({ can_delete_messages: false }),
      { chat: forum, options: TOPICS },
    ],
    [
      'right-to-send-files',
      (chat) => {
        chat.setBotStatus('member');
        chat.setPermissions({ can_send_documents: false });
      },
      {},
    ],
    [
      'slow-mode',
      (chat) => {
        chat.setBotStatus('member');
        chat.setSlowMode(30);
      },
      {},
    ],
  ])('is degraded when an agent changes what %s looks at', async (check, change, wanted) => {
    await start(wanted);
    change(desk.chat);
    const { code, desk: seen } = await askHealth(desk);
    expect([code, seen.status]).toEqual([200, 'degraded']);
    expect(seen.problems).toEqual([{ check, status: 'warning' }]);
  });

  it('is up when the setup could be better, which is no state of a desk', async () => {
    // Redis keeps nothing on its disk, and the bot is no administrator and sees not all messages.
    await start({
      options: { redis: inject('redisUrl') },
      emulator: { bots: [{ ...ownBot(), canReadAllGroupMessages: false }] },
      chat: (emulator) => emulator.createSupergroup({ title: 'Support', botStatus: 'member' }),
    });
    const found = (await desk.telegram.diagnose()).checks
      .filter(({ status }) => status === 'warning')
      .map(({ id }) => id);
    expect(found).toEqual(expect.arrayContaining(['redis-persistence', 'privacy-mode']));
    expect(await askHealth(desk)).toMatchObject({ status: 'ok', desk: { problems: [] } });
  });

  it('is degraded when no webhook is registered', async () => {
    await start({ webhook: false });
    const { code, desk: seen } = await askHealth(desk);
    expect([code, seen.status]).toEqual([200, 'degraded']);
    expect(seen.problems).toEqual([{ check: 'webhook', status: 'failed' }]);
  });

  it('is degraded when deliveries are refused and updates wait', async () => {
    const clock = new TravelClock('2026-11-30T10:00:00Z');
    // An app that has registered the webhook itself would register it again.
    await start({ clock, webhook: false });
    await vi.waitFor(
      () => desk.telegram.api.call('setWebhook', { url: desk.webhookUrl, secret_token: 'wrong' }),
      20_000,
    );
    desk.chat.agent('Ada').write('Is anybody there?');
    await vi.waitFor(async () => {
      clock.travel(MINUTE_MS);
      const { desk: seen } = await askHealth(desk);
      expect(seen.problems).toContainEqual({ check: 'webhook-secret', status: 'failed' });
      expect(seen.status).toBe('degraded');
    }, 20_000);
  });

  it('is degraded when many more updates wait than at the look before', async () => {
    const clock = new TravelClock(new Date().toISOString());
    // To Telegram, no minute passes while a delivery is under way.
    await start({ clock, emulator: { clock: new SystemClock() } });
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Hello' });
    const notice = await desk.chat.waitForMessage(({ text }) => text?.includes('Hello') === true);
    expect((await askHealth(desk)).desk.status).toBe('up');
    const gate = new Gate();
    desk.replies.before = () => gate.pass();
    for (let i = 0; i < 20; i += 1) desk.chat.agent('Ada').reply(notice, `Reply ${i}`);
    await gate.reached;
    clock.travel(MINUTE_MS);
    await vi.waitFor(async () => {
      const { desk: seen } = await askHealth(desk);
      expect(seen.problems).toContainEqual({ check: 'webhook-delivery', status: 'warning' });
      expect(seen.status).toBe('degraded');
    }, 20_000);
    gate.open();
  });

  it('is degraded when Redis is read-only, and when it is away', async () => {
    const clock = new TravelClock('2026-11-30T10:00:00Z');
    server = await RedisServer.start({ durable: true });
    await start({ clock, options: { redis: server.url } });
    expect((await askHealth(desk)).desk.status).toBe('up');
    const admin = new Redis(server.url);
    await admin.call('REPLICAOF', '127.0.0.1', '1');
    admin.disconnect();
    await vi.waitFor(async () => {
      clock.travel(MINUTE_MS);
      const { code, desk: seen } = await askHealth(desk);
      expect([code, seen.status]).toEqual([200, 'degraded']);
      expect(othersIn(seen)).toEqual([
        { check: expect.stringMatching(/^redis/), status: 'failed' },
      ]);
    }, 20_000);
    await server.kill();
    await vi.waitFor(async () => {
      clock.travel(MINUTE_MS);
      const { code, desk: seen } = await askHealth(desk);
      expect([code, seen.status]).toEqual([200, 'degraded']);
      expect(seen.problems).toContainEqual({ check: 'redis', status: 'failed' });
    }, 20_000);
  });

  it('is degraded when a notice waits for more than 5 minutes', async () => {
    const clock = new TravelClock('2026-11-30T10:00:00Z');
    await start({ clock });
    desk.emulator.failNext('sendMessage', { kind: 'html', status: 502 }, 1_000);
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Where is my parcel?' });
    clock.travel(4 * MINUTE_MS);
    expect((await askHealth(desk)).desk.status).toBe('up');
    clock.travel(MINUTE_MS + 1_000);
    await vi.waitFor(async () => {
      const { desk: seen, text } = await askHealth(desk);
      expect(seen.status).toBe('degraded');
      expect(othersIn(seen)).toEqual([{ check: 'oldest-job', status: 'warning' }]);
      expect(text).not.toContain('parcel');
    }, 20_000);
  });

  it('is degraded when a notice waits in Redis for longer than it may', async () => {
    const clock = new TravelClock('2026-11-30T10:00:00Z');
    server = await RedisServer.start({ durable: true });
    await start({ clock, options: { redis: server.url } }, { oldestJobMs: 50 });
    desk.emulator.failNext('sendMessage', { kind: 'html', status: 502 }, 1_000);
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Where is my parcel?' });
    await vi.waitFor(async () => {
      clock.travel(MINUTE_MS);
      const { desk: seen } = await askHealth(desk);
      expect(othersIn(seen)).toEqual([{ check: 'oldest-job', status: 'warning' }]);
    }, 20_000);
  });

  it('is up while a reply is held on purpose, for however long', async () => {
    const clock = new TravelClock('2026-11-30T10:00:00Z');
    await start({ clock, options: { claims: { policy: 'hold', holdMs: 82_800_000 } } });
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Hello' });
    const notice = await desk.chat.waitForMessage(({ text }) => text?.includes('Hello') === true);
    desk.chat.agent('Ada').reply(notice, 'from Ada');
    await vi.waitFor(() => expect(desk.replies.replies).toHaveLength(1), 20_000);
    const bob = desk.chat.agent('Bob', { status: 'administrator' });
    bob.reply(notice, 'from Bob');
    await bob.waitForEphemeralMessage(({ text }) => text?.includes('goes out after') === true);
    clock.travel(10 * MINUTE_MS);
    await vi.waitFor(async () => {
      // What else is under way is done in the end.
      clock.travel(MINUTE_MS);
      const { desk: seen } = await askHealth(desk);
      expect(seen).toMatchObject({ status: 'up', oldestJobMs: 0 });
    }, 20_000);
    expect(desk.replies.replies).toHaveLength(1);
  });

  // The first answer does not wait for a call that hangs: when that has ended, it is a failure.
  it.each<[string, EmulatorFault, readonly string[]]>([
    ['answers 502', { kind: 'html', status: 502 }, ['warning', 'failed']],
    ['cuts the connection', { kind: 'cut', perform: false }, ['warning', 'failed']],
    ['hangs', { kind: 'hang' }, ['warning']],
    ['wants a pause', { kind: 'flood', retryAfterSeconds: 9 }, ['warning', 'failed']],
  ])('is never down because Telegram %s, and answers soon', async (_name, fault, first) => {
    await start({}, { timeoutMs: undefined });
    for (const method of ASKED) desk.emulator.failNext(method, fault, 100);
    const { code, desk: seen } = await askHealth(desk);
    expect([code, seen.status]).toEqual([200, 'degraded']);
    expect(seen.problems?.map(({ check }) => check)).toEqual(['telegram']);
    expect(first).toContain(seen.problems?.[0]?.status);
    await vi.waitFor(async () => {
      expect((await askHealth(desk)).desk).toMatchObject({
        status: 'degraded',
        problems: [{ check: 'telegram', status: 'failed' }],
      });
    }, 20_000);
  });

  it('asks Telegram once a minute at most, however many requests come, also at once', async () => {
    const clock = new VirtualClock();
    await start({ clock });
    const before = timesAsked();
    await Promise.all(Array.from({ length: 50 }, () => askHealth(desk)));
    const once = before.map((times) => times + 1);
    expect(timesAsked()).toEqual(once);
    clock.advance(MINUTE_MS - 1);
    await Promise.all(Array.from({ length: 50 }, () => askHealth(desk)));
    expect(timesAsked()).toEqual(once);
    clock.advance(1);
    await Promise.all(Array.from({ length: 50 }, () => askHealth(desk)));
    await vi.waitFor(() => expect(timesAsked()).toEqual(before.map((times) => times + 2)), 20_000);
  });

  it('asks for the bot once a minute and for each chat once, whatever desks there are', async () => {
    const clock = new VirtualClock();
    const desks: Record<string, { adminChatId: number }> = {
      unsigned: { adminChatId: 1_234 },
      wrong: { adminChatId: -1_235 },
    };
    await start({
      clock,
      options: { desks },
      chat: (emulator) => {
        desks['billing'] = { adminChatId: emulator.createSupergroup({ title: 'Billing' }).id };
        return emulator.createSupergroup({ title: 'Support' });
      },
    });
    const isChecked = (text: string) => /^Desk: |adminChatId|ADMIN_CHAT_ID/.test(text);
    await vi.waitFor(
      () => expect(desk.log.lines.filter(({ text }) => isChecked(text))).toHaveLength(4),
      20_000,
    );
    const indicator = desk.app.get(TelegramHealthIndicator, { strict: false });
    const ask = () =>
      Promise.all(
        ['default', 'billing', 'unsigned', 'wrong'].map((name) =>
          indicator.isHealthy(name, { desk: name, ...PATIENT }),
        ),
      );
    const before = desk.emulator.calls.length;
    const asked = () => {
      const methods = desk.emulator.calls.slice(before).map(({ method }) => method);
      return Object.fromEntries(
        [...new Set(methods)].map((method) => [method, methods.filter((m) => m === method).length]),
      );
    };
    const once = { getMe: 1, getChat: 4, getChatMember: 2, getMyCommands: 2, getWebhookInfo: 1 };
    expect(await ask()).toMatchObject([
      { default: { status: 'up' } },
      { billing: { status: 'up' } },
      { unsigned: { status: 'down', problems: [{ check: 'chat' }] } },
      { wrong: { status: 'down', problems: [{ check: 'chat' }] } },
    ]);
    expect(asked()).toEqual(once);
    clock.advance(MINUTE_MS - 1);
    await ask();
    expect(asked()).toEqual(once);
    clock.advance(1);
    await ask();
    const twice = Object.fromEntries(
      Object.entries(once).map(([method, times]) => [method, 2 * times]),
    );
    await vi.waitFor(() => expect(asked()).toEqual(twice), 20_000);
  });

  it('serves what it knows while Telegram hangs, and then what it finds', async () => {
    const clock = new TravelClock('2026-11-30T10:00:00Z');
    await start({ clock });
    expect((await askHealth(desk)).desk.status).toBe('up');
    const before = timesAsked()[0] ?? 0;
    desk.emulator.failNext('getMe', { kind: 'hang' });
    desk.chat.setBotStatus('kicked');
    clock.travel(MINUTE_MS);
    expect((await askHealth(desk)).desk.status).toBe('up');
    await vi.waitFor(() => expect(timesAsked()[0]).toBe(before + 1), 20_000);
    await vi.waitFor(async () => {
      expect((await askHealth(desk)).desk.status).toBe('degraded');
    }, 20_000);
    clock.travel(MINUTE_MS);
    await vi.waitFor(async () => expect((await askHealth(desk)).desk.status).toBe('down'), 20_000);
  });

  it('is up and not enabled when the module is disabled, and asks Telegram nothing', async () => {
    await start({ options: { botToken: undefined }, webhook: false });
    const { code, desk: seen } = await askHealth(desk);
    expect(code).toBe(200);
    expect(seen).toEqual({ status: 'up', enabled: false });
    expect(desk.emulator.calls).toEqual([]);
  });

  it('is that of each desk and of each bot, and an error for one that there is not', async () => {
    const sales = await BotApiEmulator.start();
    const salesChat = sales.createGroup({ title: 'Sales' });
    const module = TelegramModule.forRoot({
      name: 'sales',
      botToken: sales.bot.token,
      adminChatId: salesChat.id,
      apiRoot: sales.apiRoot,
      updates: 'off',
    });
    desk = await TestDesk.start({
      imports: [module, healthModule()],
      options: { desks: { billing: { adminChatId: -1_009_999_999_999 } } },
    });
    const indicator = desk.app.get(TelegramHealthIndicator, { strict: false });
    expect(await indicator.isHealthy('desk', PATIENT)).toMatchObject({ desk: { status: 'up' } });
    expect(await indicator.isHealthy('a', { desk: 'billing', ...PATIENT })).toMatchObject({
      a: { status: 'down', problems: [{ check: 'chat' }] },
    });
    const atSales = () => indicator.isHealthy('b', { bot: 'sales', ...PATIENT });
    expect(await atSales()).toMatchObject({ b: { status: 'up' } });
    salesChat.setBotStatus('kicked');
    // It was looked at less than a minute ago.
    expect(await atSales()).toMatchObject({ b: { status: 'up' } });
    await expect(indicator.isHealthy('c', { desk: 'shipping' })).rejects.toThrow(
      'desk must be one of "default", "billing", and is "shipping"',
    );
    const noBot = indicator.isHealthy('c', { bot: 'support' });
    await expect(noBot).rejects.toBeInstanceOf(TelegramArgumentError);
    await expect(noBot).rejects.toThrow('no TelegramModule with the name "support"');
    await sales.stop();
  });

  it('does not take another fault of the app for a bot that there is not', async () => {
    const token = getBotInternalsToken('sales');
    await start({
      providers: [
        ReplyLog,
        { provide: token, scope: Scope.REQUEST, useFactory: () => ({ name: 'of each request' }) },
      ],
    });
    const indicator = desk.app.get(TelegramHealthIndicator, { strict: false });
    const answer = indicator.isHealthy('sales', { bot: 'sales' });
    await expect(answer).rejects.not.toBeInstanceOf(TelegramArgumentError);
    await expect(answer).rejects.toThrow('scoped');
  });
});
