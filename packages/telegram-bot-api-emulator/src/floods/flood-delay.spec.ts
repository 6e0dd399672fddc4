import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../../test/support/scripted-webhook.js';
import { WireClient } from '../../test/support/wire-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatorLimits } from '../floods/emulator-limits.options.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import { BotApiError } from '../common/bot-api.error.js';
import { VirtualClock } from '../time/virtual-clock.js';
import { FloodDelay } from './flood-delay.js';

/** One message in each five seconds. */
const SLOW: EmulatorLimits = { group: { messages: 1, windowMs: 5_000 } };

describe('FloodDelay', () => {
  it('performs at once, without a promise, what it does not have to wait for', () => {
    expect(new FloodDelay(new VirtualClock(), 0).perform('a', () => 'done')).toBe('done');
    expect(new FloodDelay(new VirtualClock(), 8_000).perform(undefined, () => 'done')).toBe('done');
  });

  it('passes a flood wait on where it may not wait', () => {
    const clock = new VirtualClock();
    expect(() => new FloodDelay(clock, 0).perform('a', flooded(1))).toThrow('retry after 1');
    expect(() => new FloodDelay(clock, 8_000).perform(undefined, flooded(1))).toThrow(
      'retry after 1',
    );
    expect(clock.pending).toBe(0);
  });

  it('waits as long as the answer asks, then tries again', async () => {
    const clock = new VirtualClock();
    const work = new FloodDelay(clock, 8_000).perform('a', flooded(5));
    await until(() => clock.pending === 1);
    const before = clock.now();
    clock.advanceToNext();
    expect(await work).toBe('done');
    expect(clock.now() - before).toBe(5_000);
  });

  it.each([
    [[8], 'done'],
    [[3, 5], 'done'],
    [[1, 1, 1], 'done'],
    [[9], 'Too Many Requests: retry after 9'],
    [[5, 4], 'Too Many Requests: retry after 4'],
    [[1, 1, 7], 'Too Many Requests: retry after 7'],
  ])(
    'makes of flood waits of %j seconds, where it may wait for eight, %j',
    async (waits, outcome) => {
      const clock = new VirtualClock();
      let tries = 0;
      const work = flooded(...waits);
      const answer = settle(
        new FloodDelay(clock, 8_000).perform('a', () => {
          tries++;
          return work();
        }),
      );
      for (const [index] of waits.entries()) {
        await until(() => tries > index);
        clock.advanceToNext();
      }
      expect(await answer).toBe(outcome);
      expect(clock.pending).toBe(0);
    },
  );

  it('passes on at once what is no flood wait', async () => {
    const clock = new VirtualClock();
    const delay = new FloodDelay(clock, 8_000);
    const refused = BotApiError.of(400, 'chat not found');
    const fail = (): never => {
      throw refused;
    };
    await expect(delay.perform('a', fail)).rejects.toBe(refused);
    expect(clock.pending).toBe(0);
    expect(await delay.perform('a', () => 'done')).toBe('done');
  });

  it('gives up what waits when it is closed', async () => {
    const clock = new VirtualClock();
    const delay = new FloodDelay(clock, 8_000);
    void delay.perform('a', flooded(5));
    void delay.perform('b', flooded(6));
    await until(() => clock.pending === 2);
    delay.close();
    expect(clock.pending).toBe(0);
  });

  describe('of an emulator', () => {
    let telegram: BotApiEmulator;
    let clock: VirtualClock;
    let client: WireClient;
    let desk: EmulatedChat;

    async function start(limits: EmulatorLimits): Promise<void> {
      clock = new VirtualClock(1_750_000_000_000);
      telegram = await BotApiEmulator.start({
        clock,
        limits,
        waitTimeoutMs: 20_000,
        bots: [{}, { username: 'other_bot' }],
      });
      client = new WireClient(telegram);
      desk = telegram.createGroup({ title: 'Desk' });
    }

    afterEach(() => telegram.stop());

    const send = (text: string, chat = desk, by = client): Promise<unknown> =>
      by.call('sendMessage', { chat_id: chat.id, text });
    const waiting = (): Promise<void> => until(() => clock.pending > 0);

    it('answers 429 at once by default', async () => {
      await start(SLOW);
      await send('one');
      expect(await send('two')).toMatchObject({ parameters: { retry_after: 5 } });
    });

    it('holds a call and then performs it, at the time at which it is sent', async () => {
      await start({ ...SLOW, silentWaitMs: 8_000 });
      await send('one');
      const two = send('two');
      await waiting();
      expect(telegram.calls.map(({ status }) => status)).toEqual([200, null]);
      clock.advance(4_999);
      expect(textsOf(desk)).toEqual(['one']);
      clock.advance(1);
      expect(await two).toMatchObject({ ok: true, result: { date: 1_750_000_005 } });
      expect(textsOf(desk)).toEqual(['one', 'two']);
    });

    it('answers 429 at once where the wait would be too long', async () => {
      await start({ ...SLOW, silentWaitMs: 4_999 });
      await send('one');
      expect(await send('two')).toMatchObject({ error_code: 429, parameters: { retry_after: 5 } });
      expect(clock.pending).toBe(0);
    });

    it('lets the calls of a chat follow each other while one waits, and others go on', async () => {
      await start({ ...SLOW, silentWaitMs: 8_000 });
      const other = telegram.createGroup({ title: 'Other' });
      await send('one');
      const held = [send('two')];
      await waiting();
      held.push(client.call('sendChatAction', { chat_id: desk.id, action: 'typing' }));
      await telegram.waitForCall(({ method }) => method === 'sendChatAction');
      expect(await send('elsewhere', other)).toMatchObject({ ok: true });
      expect(await client.call('getMe')).toMatchObject({ ok: true });
      expect(telegram.calls.map(({ method, status }) => [method, status])).toEqual([
        ['sendMessage', 200],
        ['sendMessage', null],
        ['sendChatAction', null],
        ['sendMessage', 200],
        ['getMe', 200],
      ]);
      clock.advance(5_000);
      expect(await Promise.all(held)).toMatchObject([{ ok: true }, { ok: true }]);
      expect(textsOf(desk)).toEqual(['one', 'two']);
    });

    it('lets a call that was refused hold up the next one no longer', async () => {
      await start({ ...SLOW, silentWaitMs: 8_000 });
      await send('one');
      const two = send('two');
      await waiting();
      const nothing = send('');
      await telegram.waitForCall(({ params }) => params['text'] === '');
      const three = send('three');
      await telegram.waitForCall(({ params }) => params['text'] === 'three');
      clock.advance(5_000);
      expect(await two).toMatchObject({ ok: true });
      expect(await nothing).toMatchObject({ error_code: 400 });
      await waiting();
      clock.advance(5_000);
      expect(await three).toMatchObject({ ok: true });
      expect(textsOf(desk)).toEqual(['one', 'two', 'three']);
    });

    it('lets the calls of one bot not hold up those of another', async () => {
      await start({ ...SLOW, silentWaitMs: 8_000 });
      const [, otherBot = telegram.bot] = telegram.bots;
      desk.setBotStatus('administrator', otherBot);
      const other = new WireClient(telegram, otherBot);
      await send('one');
      const two = send('two');
      await waiting();
      expect(await send('of the other', desk, other)).toMatchObject({ ok: true });
      clock.advance(5_000);
      await two;
      expect(textsOf(desk).slice(-3)).toEqual(['one', 'of the other', 'two']);
    });

    it('stops while calls wait', async () => {
      await start({ ...SLOW, silentWaitMs: 8_000 });
      await send('one');
      const two = send('two');
      await waiting();
      await telegram.stop();
      await expect(two).rejects.toThrow('fetch failed');
      expect(clock.pending).toBe(0);
    });
  });
});

/** Work that meets these flood waits, in seconds, before it succeeds. */
function flooded(...waits: number[]): () => string {
  return () => {
    const wait = waits.shift();
    if (wait !== undefined) throw BotApiError.flood(wait);
    return 'done';
  };
}

/** What became of work: its result, or the message of its error. */
async function settle(work: string | Promise<string>): Promise<string> {
  try {
    return await work;
  } catch (error) {
    return error instanceof Error ? error.message : 'no error';
  }
}

function textsOf(chat: EmulatedChat): unknown[] {
  return chat.messages.map(({ text }) => text);
}
