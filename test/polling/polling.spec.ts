import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import type { TelegramModuleOptions } from '../../src/index.js';
import { LeaderElection } from '../../src/polling/leader-election.js';
import { BotApiEmulator, VirtualClock, type EmulatedChat } from '../../src/testing/index.js';
import { RedisServer } from '../support/redis-server.js';
import { Gate } from '../support/gate.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';
import { ownBot } from '../support/own-bot.js';

/** The types that the desk's handlers take. */
const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'channel_post',
  'message_reaction',
  'callback_query',
  'my_chat_member',
] as const;

const somewhere = 'https://other.example.com/secret-path';

describe('A desk that polls', () => {
  const ends: Array<() => Promise<void>> = [];

  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  });

  async function startTelegram(): Promise<{ telegram: BotApiEmulator; chat: EmulatedChat }> {
    const telegram = await BotApiEmulator.start({ waitTimeoutMs: 20_000, bots: [ownBot()] });
    ends.push(() => telegram.stop());
    return { telegram, chat: telegram.createSupergroup({ title: 'Support' }) };
  }

  /** One process of a desk that polls. */
  async function start(
    { telegram, chat }: { telegram: BotApiEmulator; chat: EmulatedChat },
    options: Partial<TelegramModuleOptions> = {},
    wanted: TestDeskOptions = {},
  ): Promise<TestDesk> {
    const desk = await TestDesk.start({
      ...wanted,
      webhook: false,
      options: {
        botToken: telegram.bot.token,
        adminChatId: chat.id,
        apiRoot: telegram.apiRoot,
        updates: 'polling',
        ...options,
      },
    });
    ends.push(() => desk.stop());
    return desk;
  }

  async function setWebhook(telegram: BotApiEmulator): Promise<void> {
    const query = new URLSearchParams({ url: somewhere });
    await fetch(`${telegram.apiRoot}/bot${telegram.bot.token}/setWebhook?${query.toString()}`);
  }

  const redisOptions = [
    { name: 'in memory', redis: () => undefined },
    { name: 'with Redis', redis: () => inject('redisUrl') },
  ];

  describe.each(redisOptions)('$name', ({ redis }) => {
    it('carries a conversation both ways', async () => {
      const world = await startTelegram();
      const desk = await start(world, { redis: redis() });
      await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
      const notice = await world.chat.waitForMessage(() => true);
      const reply = world.chat.agent('Ada').reply(notice, 'Hello');
      expect(await world.chat.waitForReaction(reply.message_id)).toEqual(['👍']);
      expect(desk.replies.replies).toMatchObject([{ threadId: 't1', text: 'Hello' }]);
      expect(world.telegram.callsOf('getUpdates')[0]?.params).toMatchObject({
        allowed_updates: ALLOWED_UPDATES,
      });
      world.telegram.assertConformant();
    });

    it('handles the replies of a thread in order, and those of different threads side by side', async () => {
      const world = await startTelegram();
      const desk = await start(world, { redis: redis() });
      await desk.telegram.notifyNewThread({ threadId: 't1', text: 'one' });
      await desk.telegram.notifyNewThread({ threadId: 't2', text: 'two' });
      const first = await world.chat.waitForMessage(({ text }) => text?.endsWith('one') === true);
      const second = await world.chat.waitForMessage(({ text }) => text?.endsWith('two') === true);
      const agent = world.chat.agent('Ada');
      // What arrives while the first batch of updates is handled makes up the second one.
      const begun = new Gate();
      desk.replies.before = () => begun.pass();
      agent.reply(second, 'begin');
      await begun.reached;
      for (const text of ['a', 'b', 'c']) agent.reply(first, text);
      agent.reply(second, 'd');
      const gate = new Gate();
      desk.replies.before = ({ threadId }) => (threadId === 't1' ? gate.pass() : undefined);
      begun.open();
      const handled = () => desk.replies.replies.map(({ text }) => text);
      await vi.waitFor(() => expect(handled()).toEqual(['begin', 'd']), 20_000);
      gate.open();
      await vi.waitFor(() => expect(handled()).toEqual(['begin', 'd', 'a', 'b', 'c']), 20_000);
    });

    it('confirms at shutdown what was handled, so that nothing is repeated', async () => {
      const world = await startTelegram();
      const first = await start(world, { redis: redis() });
      await first.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
      const notice = await world.chat.waitForMessage(() => true);
      const gate = new Gate();
      first.replies.before = () => gate.pass();
      world.chat.agent('Ada').reply(notice, 'one');
      await gate.reached;
      const closed = first.app.close();
      world.chat.agent('Ada').reply(notice, 'two');
      gate.open();
      await closed;
      const second = await start(world, { redis: redis() });
      await vi.waitFor(() => expect(second.replies.replies).toHaveLength(1), 20_000);
      expect(first.replies.replies.map(({ text }) => text)).toEqual(['one']);
      expect(second.replies.replies.map(({ text }) => text)).toEqual(['two']);
    });
  });

  it('shuts down at once while Telegram holds a request', async () => {
    const world = await startTelegram();
    const desk = await start(world);
    await world.telegram.waitForCall(({ method }) => method === 'getUpdates');
    const startedAtMs = performance.now();
    await desk.app.close();
    // Telegram holds it for 30 s.
    expect(performance.now() - startedAtMs).toBeLessThan(20_000);
  });

  it.each([
    ['confirms again when the request was sent less than a second ago', 999, 2],
    ['does not confirm again when the request was sent a second ago', 1_000, 1],
  ])('%s', async (_what, underWayMs, questions) => {
    const clock = new VirtualClock();
    const world = await startTelegram();
    const desk = await start(world, {}, { clock });
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    const notice = await world.chat.waitForMessage(() => true);
    const reply = world.chat.agent('Ada').reply(notice, 'Hello');
    await world.chat.waitForReaction(reply.message_id);
    const behind = () =>
      world.telegram.callsOf('getUpdates').filter(({ params }) => Number(params['offset']) > 0);
    await vi.waitFor(() => expect(behind()).toHaveLength(1), 20_000);
    clock.advance(underWayMs);
    await desk.app.close();
    await vi.waitFor(() => expect(behind()).toHaveLength(questions), 20_000);
  });

  it('neither serves nor registers a webhook', async () => {
    const world = await startTelegram();
    const desk = await start(world, { webhookUrl: 'https://app.example.com' });
    await world.telegram.waitForCall(({ method }) => method === 'getUpdates');
    expect((await fetch(desk.webhookUrl, { method: 'POST' })).status).toBe(404);
    expect(world.telegram.callsOf('setWebhook')).toEqual([]);
  });

  describe('while a webhook is registered', () => {
    it('polls once the webhook is gone, and logs why once, without the path of the webhook', async () => {
      const clock = new VirtualClock();
      const world = await startTelegram();
      await setWebhook(world.telegram);
      const desk = await start(world, {}, { clock });
      for (let looks = 1; looks <= 4; looks += 1) {
        if (looks > 1) clock.advance(5_000);
        await vi.waitFor(
          () => expect(world.telegram.callsOf('getWebhookInfo').length).toBe(looks),
          20_000,
        );
        await vi.waitFor(() => expect(clock.pending).toBe(2), 20_000);
      }
      expect(world.telegram.callsOf('getUpdates')).toEqual([]);
      const [line, ...others] = desk.log.with('error', 'Polling failed');
      expect(others).toEqual([]);
      expect(line?.text).toContain('a webhook is registered at https://other.example.com;');
      expect(line?.text).toContain('unregisterWebhook()');
      expect(desk.log.lines.filter(({ text }) => text.includes('secret-path'))).toEqual([]);
      await desk.telegram.unregisterWebhook();
      clock.advance(60_000);
      await world.telegram.waitForCall(({ method }) => method === 'getUpdates');
    });

    it('removes the webhook when polling.removeWebhook is set', async () => {
      const world = await startTelegram();
      await setWebhook(world.telegram);
      const desk = await start(world, { polling: { removeWebhook: true } });
      await world.telegram.waitForCall(({ method }) => method === 'getUpdates');
      expect(await desk.telegram.getWebhookInfo()).toMatchObject({ url: '' });
      expect(world.telegram.callsOf('deleteWebhook')[0]?.params).toEqual({});
      expect(desk.log.with('warn', 'webhook was removed')).toHaveLength(1);
    });

    it('logs it when a webhook is registered later', async () => {
      const world = await startTelegram();
      const desk = await start(world);
      await world.telegram.waitForCall(({ method }) => method === 'getUpdates');
      await setWebhook(world.telegram);
      await vi.waitFor(() => {
        expect(desk.log.with('error', 'a webhook is registered')).toHaveLength(1);
      }, 20_000);
    });
  });

  it('logs that another process polls with the same token', async () => {
    const world = await startTelegram();
    const first = await start(world);
    await world.telegram.waitForCall(({ method }) => method === 'getUpdates');
    const second = await start(world);
    await vi.waitFor(() => {
      const lines = [first, second].flatMap(({ log }) =>
        log.with('error', 'Another process polls'),
      );
      expect(lines.length).toBeGreaterThan(0);
      expect(lines[0]?.text).toContain('give it a bot of its own');
    }, 20_000);
  });

  it('continues after Telegram was unreachable, and logs failure and recovery once', async () => {
    const clock = new VirtualClock();
    const world = await startTelegram();
    world.telegram.failNext('getUpdates', { kind: 'html', status: 502 }, 2);
    const desk = await start(world, {}, { clock });
    for (const asked of [1, 2]) {
      await vi.waitFor(
        () => expect(world.telegram.callsOf('getUpdates')).toHaveLength(asked),
        20_000,
      );
      await vi.waitFor(() => expect(clock.pending).toBe(2), 20_000);
      clock.advance(5_000);
    }
    await vi.waitFor(() => expect(world.telegram.callsOf('getUpdates')).toHaveLength(3), 20_000);
    world.chat.agent('Ada').write('Hello');
    await vi.waitFor(
      () => expect(desk.log.with('log', 'Polling works again')).toHaveLength(1),
      20_000,
    );
    expect(desk.log.with('error', 'Polling failed')).toHaveLength(1);
  });

  it('waits for as long as Telegram demands', async () => {
    const clock = new VirtualClock();
    const world = await startTelegram();
    world.telegram.failNext('getUpdates', { kind: 'flood', retryAfterSeconds: 17 });
    await start(world, {}, { clock });
    await vi.waitFor(() => expect(world.telegram.callsOf('getUpdates')).toHaveLength(1), 20_000);
    await vi.waitFor(() => expect(clock.pending).toBe(2), 20_000);
    clock.advance(16_999);
    expect(world.telegram.callsOf('getUpdates')).toHaveLength(1);
    clock.advance(1);
    await vi.waitFor(() => expect(world.telegram.callsOf('getUpdates')).toHaveLength(2), 20_000);
  });

  describe('in several processes that share a Redis', () => {
    it('polls in one process at a time, and in another one when that stops', async () => {
      const world = await startTelegram();
      const options = { redis: inject('redisUrl') };
      const first = await start(world, options);
      await world.telegram.waitForCall(({ method }) => method === 'getUpdates');
      const second = await start(world, options);
      await first.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
      const notice = await world.chat.waitForMessage(() => true);
      const taken = () => [...first.replies.replies, ...second.replies.replies];
      world.chat.agent('Ada').reply(notice, 'one');
      await vi.waitFor(() => expect(taken()).toHaveLength(1), 20_000);

      await first.app.close();
      world.chat.agent('Ada').reply(notice, 'two');
      await vi.waitFor(() => expect(taken()).toHaveLength(2), 20_000);

      expect(taken().map(({ text }) => text)).toEqual(['one', 'two']);
      const lines = [first, second].flatMap(({ log }) => log.with('error', ''));
      expect(lines).toEqual([]);
    });

    it('polls for a bot in one process at a time, and logs it in the desk of another chat', async () => {
      const world = await startTelegram();
      const options = { redis: inject('redisUrl') };
      const first = await start(world, options);
      await world.telegram.waitForCall(({ method }) => method === 'getUpdates');
      const other = world.telegram.createSupergroup({ title: 'Another desk' });
      const second = await start(world, { ...options, adminChatId: other.id });
      const said = () => second.log.with('log', 'a bot of its own');
      await vi.waitFor(() => expect(said()).toHaveLength(1), 20_000);
      await first.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
      const notice = await world.chat.waitForMessage(() => true);
      world.chat.agent('Ada').reply(notice, 'one');
      await vi.waitFor(() => expect(first.replies.replies).toHaveLength(1), 20_000);
      expect([first, second].flatMap(({ log }) => log.with('error', ''))).toEqual([]);
    });

    it('confirms nothing while Redis is down, and loses nothing', async () => {
      const server = await RedisServer.start({ durable: true });
      ends.push(() => server.stop());
      const world = await startTelegram();
      const desk = await start(world, { redis: server.url });
      await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
      const notice = await world.chat.waitForMessage(() => true);
      await server.kill();
      for (const text of ['one', 'two']) world.chat.agent('Ada').reply(notice, text);
      const election = desk.app.get(LeaderElection, { strict: false });
      // Where it loses its lease before it knows that they cannot be stored, it says nothing.
      await vi.waitFor(
        () =>
          expect([desk.log.with('error', 'Polling failed').length, election.isLeader]).not.toEqual([
            0,
            true,
          ]),
        20_000,
      );
      await server.restart();
      const handled = () => desk.replies.replies.map(({ text }) => text);
      await vi.waitFor(() => expect(handled()).toEqual(['one', 'two']), 20_000);
    });
  });
});
