import { expect, it, vi } from 'vitest';
import type { Message } from '../../src/testing/index.js';
import { PLACES } from './app.fleet.js';
import { Customers } from './customers.js';
import { DrillDesk } from './drill.desk.js';
import { DRILL_KILLS } from './drill.length.js';

/** The lease of a process that was killed has to expire. */
const TAKEOVER = { timeout: 60_000, interval: 50 };

const THREADS = 5;
const REPLIES = 4;

it.each(['replies', 'topics'])(
  'goes on with a retry whose process is killed before the note says so, in %s',
  { timeout: 180_000 },
  async (layout) => {
    const drill = await RetryDrill.create(layout);
    const { desk } = drill;
    await desk.fleet.start('A');
    const [reply] = await drill.fail(1, 1);
    if (!reply) throw new Error('Nothing has failed');
    // The handler is at work, and Telegram has not taken the edit that says so.
    desk.reports.hold();
    desk.emulator.failNext('editMessageText', { kind: 'hang' });
    await drill.press(reply, 'Retry');
    await desk.emulator.waitForCall(({ method }) => method === 'editMessageText');
    await vi.waitFor(() => expect(desk.reports.replies).toHaveLength(2), TAKEOVER);
    await desk.fleet.kill('A');
    desk.reports.release();
    await desk.fleet.start('B');
    await vi.waitFor(() => expect(drill.stateOf(reply)).toBe('delivered'), TAKEOVER);
    await desk.chat.waitForReaction(reply.message_id, 60_000);
    expect(drill.notesOn(reply)).toHaveLength(1);
    expect(desk.reports.replies.map(({ instance }) => instance)).toEqual(['A1', 'A1', 'B1']);
    expect(await drill.countLetters()).toBe(0);
  },
);

it(
  'loses no reply that agents retry or discard while processes are killed, and hands none over twice but where one was killed',
  { timeout: 300_000 },
  async () => {
    const drill = await RetryDrill.create('topics');
    const { desk } = drill;
    await Promise.all(PLACES.map((place) => desk.fleet.start(place)));
    const replies = await drill.fail(THREADS, REPLIES);
    // Some fail once more.
    desk.reports.refuse(5);
    const pressOpen = (most: number) =>
      Promise.allSettled(
        replies.flatMap((reply, index) => {
          if (!drill.isOpen(reply) || index % REPLIES >= most) return [];
          // Of some agents want different things at once.
          const buttons = index % 5 === 4 ? (['Discard', 'Retry'] as const) : (['Retry'] as const);
          return buttons.map((button) => drill.press(reply, button));
        }),
      );
    for (let kill = 0; kill < DRILL_KILLS; kill += 1) {
      const place = PLACES[kill % PLACES.length] ?? 'A';
      const pressed = pressOpen(1 + kill);
      await desk.emulator.waitForCall(({ method }) => method === 'answerCallbackQuery');
      await desk.fleet.kill(place);
      await desk.fleet.start(place);
      await pressed;
    }
    await vi.waitFor(
      async () => {
        await pressOpen(REPLIES);
        if (replies.some((reply) => drill.isOpen(reply))) throw new Error(drill.describe(replies));
      },
      { timeout: 120_000, interval: 1_000 },
    );
    const isSettled = () => {
      for (const reply of replies) {
        expect(drill.stateOf(reply)).toMatch(/^(delivered|discarded)$/);
        const isTaken = desk.chat.reactionsOn(reply.message_id).includes('👍');
        expect([drill.stateOf(reply), isTaken]).toEqual([
          drill.stateOf(reply),
          drill.stateOf(reply) === 'delivered',
        ]);
      }
    };
    await vi.waitFor(isSettled, TAKEOVER);
    expect(await drill.countLetters()).toBe(0);
    for (const reply of replies) {
      const taken = desk.reports.replies.filter(
        ({ messageId, isRefused }) => messageId === reply.message_id && !isRefused,
      );
      expect(taken.length > 0).toBe(drill.stateOf(reply) === 'delivered');
      // Only the last one may have lived to see it handled.
      const before = taken.slice(0, -1).map(({ instance }) => instance);
      expect(before.filter((instance) => !desk.fleet.killed.includes(instance))).toEqual([]);
      const again = drill.notesOn(reply).filter(({ text = '' }) => !text.includes('sent again'));
      expect(again).toHaveLength(1);
    }
  },
);

/** Agents whose replies the app could not process, and the notes that say so. */
class RetryDrill {
  private constructor(readonly desk: DrillDesk) {}

  static async create(layout: string): Promise<RetryDrill> {
    const env = { TELEGRAM_MODE: layout, REPLY_ATTEMPTS: '1' };
    return new RetryDrill(await DrillDesk.create(undefined, env));
  }

  /** So many replies in so many threads, all of which have failed. */
  async fail(threads: number, each: number): Promise<Message[]> {
    const { chat, reports, balancer } = this.desk;
    const customers = new Customers(balancer.url);
    reports.refuse(threads * each);
    const replies: Message[] = [];
    for (let thread = 0; thread < threads; thread += 1) {
      const threadId = `t${thread}`;
      await customers.write(threadId, 1);
      const notice = await chat.waitForMessage(
        ({ text }) => text?.includes(`${threadId} m000`) === true,
        20_000,
      );
      for (let count = 0; count < each; count += 1) {
        replies.push(chat.agent('Ada').reply(notice, `${threadId} reply ${count}`));
      }
    }
    const areOpen = () => expect(replies.filter((reply) => !this.isOpen(reply))).toEqual([]);
    await vi.waitFor(areOpen, TAKEOVER);
    return replies;
  }

  /** The messages of the bot that answer a reply. */
  notesOn({ message_id: id }: Message): Message[] {
    return this.desk.chat.messages.filter(
      ({ reply_to_message: replied, from }) => replied?.message_id === id && from?.is_bot === true,
    );
  }

  /** Whether the note has buttons. */
  isOpen(reply: Message): boolean {
    return this.#noteOn(reply)?.reply_markup !== undefined;
  }

  stateOf(reply: Message): string {
    const { text = '', reply_markup: keyboard } = this.#noteOn(reply) ?? {};
    if (keyboard) return 'open';
    if (text.includes('✅')) return 'delivered';
    return text.includes('🗑') ? 'discarded' : `? ${text}`;
  }

  async press(reply: Message, button: 'Retry' | 'Discard'): Promise<void> {
    const note = this.#noteOn(reply);
    if (!note?.reply_markup) return;
    const pressed = this.desk.chat.agent('Ada').press(note, button);
    // Each press is answered, after a kill by the process that goes on.
    await pressed.waitForAnswer(30_000);
  }

  async countLetters(): Promise<number> {
    const keys = await this.desk.keys('inbox:dead-letters');
    const key = keys.find((each) => each.endsWith(':dead-letters'));
    return key === undefined ? 0 : this.desk.redis.hlen(key);
  }

  describe(replies: readonly Message[]): string {
    return replies.map((reply) => this.stateOf(reply)).join('\n');
  }

  #noteOn(reply: Message): Message | undefined {
    return this.notesOn(reply).at(-1);
  }
}
