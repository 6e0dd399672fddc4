import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import type { BotApiEmulatorOptions, EmulatorFault } from '../../src/testing/index.js';
import { TestDesk } from '../support/test-desk.js';
import { ownBot } from '../support/own-bot.js';
import { freePort } from '../support/redis-server.js';

const MARK = '(sent again: the first time may have arrived)\n';
const ONE = '💬 Customer\none';
const TWO = '💬 Customer\ntwo';
const TIMEOUT_MS = 300;

/** What becomes of the next message, and what agents see of it in the end. */
const FAULTS: Array<[string, EmulatorFault, string[]]> = [
  ['closes the connection before it has read', { kind: 'cut', perform: false }, [MARK + ONE, TWO]],
  ['posts it and loses the answer', { kind: 'cut', perform: true }, [ONE, MARK + ONE, TWO]],
  ['posts it and answers half', { kind: 'truncate', perform: true }, [ONE, MARK + ONE, TWO]],
  ['does not answer in time', { kind: 'hang' }, [MARK + ONE, TWO]],
  [
    'posts it and answers too late',
    { kind: 'delay', delayMs: 2 * TIMEOUT_MS },
    [ONE, MARK + ONE, TWO],
  ],
  [
    'answers 500',
    { kind: 'error', errorCode: 500, description: 'Internal Server Error' },
    [MARK + ONE, TWO],
  ],
  ['is behind a proxy that answers 502 in HTML', { kind: 'html', status: 502 }, [MARK + ONE, TWO]],
  ['answers 429', { kind: 'flood', retryAfterSeconds: 1 }, [ONE, TWO]],
];

describe.each(['memory', 'Redis'])('Notices in %s', (place) => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  async function start(emulator: BotApiEmulatorOptions = {}): Promise<void> {
    // Desks of other tests use the same Redis.
    const bots = [ownBot()];
    desk = await TestDesk.start({
      emulator: { bots, ...emulator },
      webhook: false,
      options: {
        requestTimeoutMs: TIMEOUT_MS,
        ...(place === 'Redis' && { redis: inject('redisUrl') }),
      },
    });
  }

  /** Notices of two threads, the first of which is under way before the second comes. */
  async function notifyTwice(): Promise<void> {
    for (const text of ['one', 'two']) {
      const receipt = await desk.telegram.notifyUserMessage({ threadId: text, text });
      expect(receipt).toMatchObject({ accepted: true });
    }
  }

  async function hasBoth(): Promise<void> {
    await desk.chat.waitForMessage(({ text }) => text?.endsWith('two') === true, 20_000);
  }

  it.each(FAULTS)('arrive in order although Telegram %s', async (_name, fault, seen) => {
    await start();
    desk.emulator.failNext('sendMessage', fault);
    await notifyTwice();
    await hasBoth();
    expect(desk.notices).toEqual(seen);
    // One that was lost, then each of them.
    expect(desk.emulator.callsOf('sendMessage')).toHaveLength(3);
  });

  it('arrive in order and unmarked although Telegram refuses connections for a while', async () => {
    // One that nobody is given while Telegram is away.
    await start({ port: await freePort() });
    await desk.emulator.goOffline();
    // What goes out on a connection that was kept open, and is reset, may have been read.
    desk.telegram.api.close();
    await notifyTwice();
    await vi.waitFor(() => expect(desk.log.with('error', 'ECONNREFUSED')).toHaveLength(1), {
      timeout: 20_000,
    });
    expect(desk.calls).toEqual([]);
    await desk.emulator.goOnline();
    await hasBoth();
    expect(desk.notices).toEqual([ONE, TWO]);
  });

  it.each<[string, string, () => void, () => void]>([
    [
      'was kicked',
      'bot was kicked',
      () => desk.chat.setBotStatus('kicked'),
      () => desk.chat.setBotStatus('member'),
    ],
    [
      'may not write',
      'not enough rights',
      () => {
        desk.chat.setBotStatus('member');
        desk.chat.setPermissions({ can_send_messages: false });
      },
      () => desk.chat.setPermissions({ can_send_messages: true }),
    ],
  ])(
    'wait while the bot %s, and arrive when that is fixed',
    async (_name, cause, spoil, repair) => {
      await start();
      spoil();
      await notifyTwice();
      const refused = () => desk.emulator.callsOf('sendMessage');
      await vi.waitFor(() => expect(refused()).toHaveLength(2), { timeout: 20_000 });
      repair();
      await hasBoth();
      expect(desk.notices).toEqual([ONE, TWO]);
      expect(desk.log.with('error', cause)).toHaveLength(1);
      expect(desk.log.with('error', 'until this is fixed')).toHaveLength(1);
      expect(desk.log.with('log', 'accepts notices again')).toHaveLength(1);
      expect(await desk.telegram.deadLetters.list()).toEqual([]);
    },
  );
});
