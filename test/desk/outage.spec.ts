import { afterEach, describe, expect, it, vi } from 'vitest';
import { ThreadMappingRepository } from '../../src/index.js';
import { BotApiEmulator, VirtualClock, type EmulatorFault } from '../../src/testing/index.js';
import { freePort } from '../support/redis-server.js';
import { TestDesk } from '../support/test-desk.js';

describe('While Telegram does not accept notices', () => {
  let desk: TestDesk;
  let clock: VirtualClock;
  afterEach(() => desk.stop());

  async function startDesk(options = {}): Promise<void> {
    clock = new VirtualClock();
    desk = await TestDesk.start({ clock, webhook: false, options });
  }

  /** Lets the pause after a failure pass. */
  async function skipPause(ms: number): Promise<void> {
    await vi.waitFor(() => expect(clock.pending).toBe(1), 20_000);
    clock.advance(ms);
  }

  it.each<[string, EmulatorFault]>([
    ['it answers 500', { kind: 'error', errorCode: 500, description: 'Internal Server Error' }],
    ['a proxy answers 502 in HTML', { kind: 'html', status: 502 }],
    ['it closes the connection', { kind: 'cut', perform: false }],
    ['it answers half', { kind: 'truncate', perform: false }],
  ])('because %s, they wait and arrive in order', async (_name, fault) => {
    await startDesk();
    desk.emulator.failNext('sendMessage', fault, 3);
    for (const text of ['one', 'two']) {
      expect(await desk.telegram.notifyUserMessage({ threadId: text, text })).toMatchObject({
        accepted: true,
      });
    }
    for (const pauseMs of [1_000, 2_000, 5_000]) await skipPause(pauseMs);
    await desk.chat.waitForMessage(({ text }) => text?.endsWith('two') === true);
    expect(desk.notices.map((text) => text.split('\n').at(-1))).toEqual(['one', 'two']);
    expect(desk.log.with('error', 'Notices wait')).toHaveLength(1);
    expect(desk.log.with('log', 'accepts notices again')).toHaveLength(1);
  });

  it('the pauses grow up to a minute', async () => {
    await startDesk();
    desk.emulator.failNext('sendMessage', { kind: 'html', status: 502 }, 8);
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'one' });
    const pausesMs = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 60_000, 60_000];
    for (const [i, pauseMs] of pausesMs.entries()) {
      await vi.waitFor(() => expect(clock.pending).toBe(1), 20_000);
      clock.advance(pauseMs - 1);
      expect(desk.emulator.callsOf('sendMessage')).toHaveLength(i + 1);
      clock.advance(1);
    }
    await desk.chat.waitForMessage(() => true);
  });

  it('a notice whose answer was lost is sent again, marked as a possible repeat', async () => {
    await startDesk();
    desk.emulator.failNext('sendMessage', { kind: 'cut', perform: true });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'one' });
    await skipPause(1_000);
    await desk.chat.waitForMessage(({ text }) => text?.includes('sent again') === true);
    expect(desk.notices).toEqual([
      '💬 Customer\none',
      '(sent again: the first time may have arrived)\n💬 Customer\none',
    ]);
  });

  it('only the part whose answer was lost is marked as a possible repeat', async () => {
    await startDesk();
    desk.emulator.failNext('sendMessage', { kind: 'cut', perform: true });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'word '.repeat(1_000) });
    await skipPause(1_000);
    await desk.chat.waitForMessage(({ text }) => text?.includes('(2/2)') === true);
    expect(desk.notices.map((text) => text.includes('sent again'))).toEqual([false, true, false]);
  });

  it('a notice that is posted is not posted again because it could not be mapped', async () => {
    await startDesk();
    desk.app.get(ThreadMappingRepository).store = () => Promise.reject(new Error('odd store'));
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'one' });
    await vi.waitFor(() => expect(desk.log.with('warn', 'odd store')).toHaveLength(1), 20_000);
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'two' });
    await desk.chat.waitForMessage(({ text }) => text?.endsWith('two') === true);
    expect(desk.notices).toHaveLength(2);
  });

  it('a notice that certainly did not arrive is sent again without a mark', async () => {
    const port = await freePort();
    await startDesk({ apiRoot: `http://127.0.0.1:${port}` });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'one' });
    await vi.waitFor(() => expect(desk.log.with('error', 'Notices wait')).toHaveLength(1), 20_000);
    // The pause of the notices, and that of the check of the desk.
    await vi.waitFor(() => expect(clock.pending).toBe(2), 20_000);
    const back = await BotApiEmulator.start({
      waitTimeoutMs: 20_000,
      port,
      bots: [{ token: desk.emulator.bot.token }],
    });
    clock.advance(1_000);
    const { params } = await back.waitForCall(({ method }) => method === 'sendMessage');
    expect(params['text']).toMatch(/<b>Customer<\/b>\n<blockquote>one<\/blockquote>$/);
    expect(params['text']).not.toContain('sent again');
    await back.stop();
  });

  it.each([
    ['kicked', 'bot was kicked from the supergroup chat'],
    ['left', 'bot is not a member of the supergroup chat'],
  ] as const)('because the bot was %s, they wait until it is back', async (status, cause) => {
    await startDesk();
    desk.chat.setBotStatus(status);
    for (const text of ['one', 'two'])
      await desk.telegram.notifyUserMessage({ threadId: text, text });
    await skipPause(1_000);
    await skipPause(2_000);
    await vi.waitFor(() => expect(clock.pending).toBe(1), 20_000);
    desk.chat.setBotStatus('administrator');
    clock.advance(5_000);
    await desk.chat.waitForMessage(({ text }) => text?.endsWith('two') === true);
    expect(desk.notices).toEqual(['💬 Customer\none', '💬 Customer\ntwo']);
    expect(desk.log.with('error', cause)).toHaveLength(1);
  });

  it('they follow a group that has become a supergroup', async () => {
    clock = new VirtualClock();
    desk = await TestDesk.start({
      clock,
      webhook: false,
      chat: (emulator) => emulator.createGroup({ title: 'Support' }),
    });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'zero' });
    await desk.chat.waitForMessage(({ text }) => text?.endsWith('zero') === true);
    const upgraded = desk.chat.upgrade();
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'one' });
    const notice = await upgraded.waitForMessage(({ text }) => text?.endsWith('one') === true);
    expect(notice.chat.id).toBe(upgraded.id);
    // The notice before it is in the old group; the same id is another message here.
    expect(notice.reply_to_message).toBeUndefined();
    expect(desk.emulator.calls.at(-1)?.params).not.toHaveProperty('reply_parameters');
    expect(await desk.telegram.sendMessage('two')).not.toBeNull();
    expect(desk.log.with('warn', 'set the new one only when nothing is queued')).toHaveLength(1);
  });

  it('because one of several is refused, the others arrive, and that one becomes a dead letter', async () => {
    await startDesk({ rateLimit: { messages: 1, windowMs: 1_000 } });
    await desk.telegram.notifyUserMessage({ threadId: 't0', text: 'first' });
    await desk.chat.waitForMessage(() => true);
    for (const text of ['one', 'two', 'three']) {
      await desk.telegram.notifyUserMessage({ threadId: 't1', messageId: text, text });
    }
    const refusal = { errorCode: 400, description: 'Bad Request: MESSAGE_TOO_LONG' };
    // The three together, then the first alone; what is left goes through.
    desk.emulator.failNext('sendMessage', { kind: 'error', ...refusal }, 2);
    for (let i = 0; i < 3; i += 1) await skipPause(1_000);
    await desk.chat.waitForMessage(({ text }) => text?.includes('three') === true);
    expect(desk.notices.slice(1)).toEqual(['💬 Customer\ntwo\n\nthree']);
    expect(desk.log.with('error', 'MESSAGE_TOO_LONG')).toHaveLength(1);
  });
});
