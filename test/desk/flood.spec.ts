import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { BotApiRateLimitError } from '../../src/index.js';
import { type BotApiCall, VirtualClock } from '../../src/testing/index.js';
import { TestDesk } from '../support/test-desk.js';
import { ownBot } from '../support/own-bot.js';

const RETRY_AFTER_SECONDS = 17;
const FLOOD = { kind: 'flood', retryAfterSeconds: RETRY_AFTER_SECONDS } as const;

/** What makes the first call that Telegram answers with 429. */
const TRIGGERS: Array<[string, (desk: TestDesk) => Promise<unknown>]> = [
  [
    'a notice',
    async ({ telegram, emulator }) => {
      await telegram.notifyUserMessage({ threadId: 't0', text: 'first' });
      await emulator.waitForCall(({ status }) => status === 429);
    },
  ],
  ['sendMessage', ({ telegram }) => telegram.sendMessage('first')],
  [
    'api.call',
    async ({ telegram, chat }) => {
      const call = telegram.api.call('sendMessage', { chat_id: chat.id, text: 'first' });
      await expect(call).rejects.toBeInstanceOf(BotApiRateLimitError);
    },
  ],
];

describe('A 429', () => {
  const desks: TestDesk[] = [];
  afterEach(async () => {
    await Promise.all(desks.splice(0).map((desk) => desk.stop()));
  });

  async function start(...[options]: Parameters<typeof TestDesk.start>): Promise<TestDesk> {
    const desk = await TestDesk.start(options);
    desks.push(desk);
    return desk;
  }

  describe('in memory', () => {
    let clock: VirtualClock;
    let desk: TestDesk;
    beforeEach(async () => {
      clock = new VirtualClock();
      // Whoever takes a thread has its card shown anew, by a timer of its own.
      desk = await start({ clock, options: { claims: false } });
    });

    it.each(TRIGGERS)('to %s pauses the chat to the second', async (_name, trigger) => {
      desk.emulator.failNext('sendMessage', FLOOD);
      await trigger(desk);
      await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'second' });
      await vi.waitFor(() => expect(clock.pending).toBe(1), 20_000);
      clock.advance(RETRY_AFTER_SECONDS * 1000 - 1);
      expect(await desk.telegram.sendMessage('direct')).toBeNull();
      expect(desk.log.with('error', 'accepts no messages for another 1 s')).toHaveLength(1);
      expect(desk.emulator.callsOf('sendMessage')).toHaveLength(1);
      clock.advance(1);
      await desk.chat.waitForMessage(({ text }) => text?.endsWith('second') === true);
      expect(await desk.telegram.sendMessage('direct')).not.toBeNull();
    });

    it('to a call to another chat pauses nothing', async () => {
      const other = desk.emulator.createSupergroup({ title: 'Other' });
      desk.emulator.failNext('sendMessage', FLOOD);
      const call = desk.telegram.api.call('sendMessage', { chat_id: other.id, text: 'x' });
      await expect(call).rejects.toBeInstanceOf(BotApiRateLimitError);
      expect(await desk.telegram.sendMessage('direct')).not.toBeNull();
    });

    it('does not keep api.call from calling Telegram', async () => {
      desk.emulator.failNext('sendMessage', FLOOD);
      await desk.telegram.sendMessage('first');
      const call = { chat_id: desk.chat.id, text: 'the app knows best' };
      expect(await desk.telegram.api.call('sendMessage', call)).toMatchObject({ text: call.text });
    });

    describe('and acknowledgements', () => {
      const notice = async () => {
        await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Help' });
        return desk.chat.waitForMessage(() => true);
      };
      /** Until a receipt waits, and no timer of Telegram's own is left. */
      const receiptWaits = async () => {
        await desk.emulator.idle();
        await vi.waitFor(() => expect(clock.pending).toBe(1), 20_000);
      };
      const reactions = () => desk.emulator.callsOf('setMessageReaction');

      it('of which one was refused: it pauses the chat, and is set after the pause', async () => {
        const question = await notice();
        desk.emulator.failNext('setMessageReaction', FLOOD);
        const reply = desk.chat.agent('Ada').reply(question, 'Hello');
        await receiptWaits();
        expect(await desk.telegram.sendMessage('direct')).toBeNull();
        clock.advance(RETRY_AFTER_SECONDS * 1000 - 1);
        expect(reactions()).toHaveLength(1);
        clock.advance(1);
        expect(await desk.chat.waitForReaction(reply.message_id)).toEqual(['👍']);
        expect(desk.log.with('warn', '👍')).toEqual([]);
      });

      it('that are due during the pause: they wait', async () => {
        const question = await notice();
        desk.emulator.failNext('sendMessage', FLOOD);
        await desk.telegram.sendMessage('first');
        const reply = desk.chat.agent('Ada').reply(question, 'Hello');
        await vi.waitFor(() => expect(desk.replies.replies).toHaveLength(1), 20_000);
        await receiptWaits();
        expect(reactions()).toEqual([]);
        clock.advance(RETRY_AFTER_SECONDS * 1000);
        expect(await desk.chat.waitForReaction(reply.message_id)).toEqual(['👍']);
      });

      it('that wait when the app ends: they keep no timer, and the log names their number', async () => {
        const question = await notice();
        desk.emulator.failNext('setMessageReaction', FLOOD);
        desk.chat.agent('Ada').reply(question, 'Hello');
        await receiptWaits();
        await desk.app.close();
        expect(clock.pending).toBe(0);
        expect(desk.log.with('warn', 'before the 👍 of 1 handled')).toHaveLength(1);
      });

      it('are tried until Telegram accepts them', async () => {
        const question = await notice();
        desk.emulator.failNext('setMessageReaction', FLOOD, 8);
        const reply = desk.chat.agent('Ada').reply(question, 'Hello');
        for (let i = 0; i < 8; i += 1) {
          await receiptWaits();
          clock.advance(RETRY_AFTER_SECONDS * 1000);
        }
        expect(await desk.chat.waitForReaction(reply.message_id)).toEqual(['👍']);
        expect(reactions()).toHaveLength(9);
      });
    });
  });

  describe('with Redis', () => {
    let first: TestDesk;
    let second: TestDesk;
    let watcher: Redis;

    /** Two instances of one app. Their Telegram counts down in real time. */
    beforeEach(async () => {
      const { token } = ownBot();
      const redis = inject('redisUrl');
      first = await start({ emulator: { bots: [{ token }] }, options: { redis }, webhook: false });
      const { emulator, chat } = first;
      const shared = { botToken: token, adminChatId: chat.id, apiRoot: emulator.apiRoot, redis };
      second = await start({ options: shared, webhook: false });
      watcher = new Redis(redis);
    });
    afterEach(() => watcher.disconnect());

    const keyOf = (name: string) => `tg:{${first.emulator.bot.id}:${first.chat.id}}:${name}`;
    const lifeOf = (name: string) => watcher.pttl(keyOf(name));
    const waitingKeys = () => watcher.scard(keyOf('outbox:keys'));

    const hasWhollyPassed = ({ at }: BotApiCall, refused: BotApiCall) =>
      at - refused.at >= 2 * 1000;

    it.each(TRIGGERS)(
      'to %s of one instance stops both until retry_after has passed',
      async (_name, trigger) => {
        const { chat } = first;
        chat.flood(2);
        // The flood counts down from here, and may be shorter by the time of the call.
        first.emulator.failNext('sendMessage', { kind: 'flood', retryAfterSeconds: 2 });
        await trigger(first);
        const [refused] = first.calls;
        if (!refused) throw new Error('Nothing was refused');
        await vi.waitFor(
          async () => expect(await lifeOf(`budget:${chat.id}:block`)).toBeGreaterThan(0),
          20_000,
        );
        for (const { telegram } of [second, first]) {
          expect(await telegram.sendMessage('direct')).toBeNull();
        }
        await Promise.all([
          first.telegram.notifyUserMessage({ threadId: 't1', text: 'one' }),
          second.telegram.notifyUserMessage({ threadId: 't2', text: 'two' }),
        ]);
        for (const text of ['one', 'two']) {
          await chat.waitForMessage((message) => message.text?.endsWith(text) === true, 20_000);
        }
        expect(await second.telegram.sendMessage('direct')).not.toBeNull();
        expect(refused.status).toBe(429);
        const later = first.calls.slice(1);
        expect(later.map(({ status }) => status)).not.toContain(429);
        expect(later.filter((call) => !hasWhollyPassed(call, refused))).toEqual([]);
      },
    );

    it('leaves the chat one rate limit for what both instances post, however they post it', async () => {
      const { chat, telegram } = first;
      const media = [1, 2, 3].map((i) => ({
        type: 'photo' as const,
        media: `https://example.com/${i}.png`,
      }));
      await telegram.api.call('sendMediaGroup', { chat_id: chat.id, media });
      for (let i = 0; i < 16; i += 1) expect(await telegram.sendMessage('x')).not.toBeNull();
      for (const threadId of ['t1', 't2', 't3']) {
        await second.telegram.notifyUserMessage({ threadId, text: 'notice' });
      }
      await chat.waitForMessage(({ text }) => text?.endsWith('notice') === true);
      // 3 and 16 and 1: the window is full, and nobody tries it.
      await vi.waitFor(async () => expect(await waitingKeys()).toBe(2), 20_000);
      expect(chat.messages).toHaveLength(20);
      expect(first.emulator.calls.every(({ status }) => status === 200)).toBe(true);
    });
  });
});
