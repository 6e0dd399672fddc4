import { deepStrictEqual } from 'node:assert/strict';
import { expect, it, vi } from 'vitest';
import type { EmulatedChat } from '../../src/testing/index.js';
import { SeededRandom } from '../../packages/telegram-bot-api-emulator/src/common/seeded-random.js';
import { Customers } from './customers.js';
import { DrillDesk } from './drill.desk.js';
import { DRILL_KILLS, DRILL_MESSAGES } from './drill.length.js';
import { repeatsIn, type Block } from './thread.order.js';

const SEED = 12;
/** Each round moves all threads, and kills a process meanwhile. */
const ROUNDS = Math.max(2, DRILL_KILLS - 1);
const THREADS = ['t0', 't1', 't2', 't3'];
/** What each thread is sent while it moves, in each round. */
const BATCH = Math.ceil(DRILL_MESSAGES / 2 / THREADS.length / ROUNDS);
const TOTAL = BATCH * ROUNDS;

/** What one message of the bot shows of a thread. */
interface Notice extends Block {
  readonly threadId: string;
  readonly chatId: unknown;
}

/** What was posted at both desks, in order, without the lines about moves. */
function noticesOf({ emulator }: DrillDesk): Notice[] {
  const posted = emulator.callsOf('sendMessage').filter(({ status }) => status === 200);
  return posted.flatMap(({ params }) => {
    const text = String(params['text']);
    const shown = [...text.matchAll(/(t\d+) m(\d+)/g)];
    const [, threadId] = shown[0] ?? [];
    if (threadId === undefined) return [];
    const numbers = shown.map(([, , number]) => Number(number));
    return [{ instance: text, threadId, chatId: params['chat_id'], numbers }];
  });
}

/**
 * The notices of a thread without what was shown in the other chat before.
 *
 * @param twice Gets the texts of that.
 */
function withoutOtherChats(notices: readonly Notice[], twice: string[]): Notice[] {
  const chats = new Map<number, unknown>();
  return notices.flatMap((notice) => {
    const { chatId, threadId } = notice;
    const numbers = notice.numbers.filter((number) => {
      const isElsewhere = chats.has(number) && chats.get(number) !== chatId;
      if (isElsewhere) twice.push(`${threadId} m${String(number).padStart(3, '0')}`);
      else chats.set(number, chatId);
      return !isElsewhere;
    });
    return numbers.length > 0 ? [{ ...notice, numbers }] : [];
  });
}

it(
  'loses nothing and keeps the order when threads move to and fro while customers write and processes are killed',
  { timeout: 120_000 },
  async ({ annotate }) => {
    const desk = await DrillDesk.start({ TELEGRAM_MODE: 'topics' }, true);
    const { fleet } = desk;
    const customers = new Customers(desk.balancer.url);
    const random = new SeededRandom(SEED);
    const restarts: Array<Promise<void>> = [];
    const startedAtMs = performance.now();

    /** Kills a process when some of the threads are moving. */
    const kill = async (): Promise<void> => {
      const enough = customers.moved + random.between(1, THREADS.length - 1);
      const isTime = () => {
        expect(customers.moved).toBeGreaterThanOrEqual(enough);
        expect(fleet.serving.length).toBeGreaterThanOrEqual(2);
      };
      await vi.waitFor(isTime, { timeout: 30_000, interval: 2 });
      const place = fleet.serving[random.between(0, fleet.serving.length - 1)] ?? 'A';
      await fleet.kill(place);
      restarts.push(fleet.start(place));
    };
    /** There, and back before that move is over; in the last round it stays. */
    const move = async (threadId: string, round: number): Promise<void> => {
      await customers.move(threadId, 'billing');
      if (round < ROUNDS - 1) await customers.move(threadId, 'default');
    };

    for (let round = 0; round < ROUNDS; round += 1) {
      const work = THREADS.flatMap((id) => [customers.write(id, BATCH), move(id, round)]);
      await Promise.all([...work, kill()]);
    }
    await Promise.all(restarts);

    const openTopics = ({ topics }: EmulatedChat) =>
      topics.flatMap(({ name, isClosed }) => (isClosed ? [] : [name])).toSorted();
    const state = async () => ({
      shown: new Set(
        noticesOf(desk).flatMap(({ threadId, numbers }) => numbers.map((n) => `${threadId} ${n}`)),
      ).size,
      waiting: [
        ...(await desk.keys('outbox:jobs')),
        ...(await desk.keys('outbox:jobs', desk.billing)),
      ],
      open: [openTopics(desk.chat), openTopics(desk.billing)],
    });
    const expected = { shown: TOTAL * THREADS.length, waiting: [], open: [[], THREADS] };
    await vi.waitFor(async () => deepStrictEqual(await state(), expected), {
      timeout: 60_000,
      interval: 100,
    });

    const notices = noticesOf(desk);
    const twice: string[] = [];
    const repeats = THREADS.flatMap((threadId) => {
      const own = notices.filter((notice) => notice.threadId === threadId);
      return repeatsIn(withoutOtherChats(own, twice), TOTAL);
    });
    await annotate(
      `${ROUNDS} kills: ${TOTAL * THREADS.length} messages in ${notices.length} notices, of which ${repeats.length} were repeated, ${twice.length} messages at both desks; ` +
        `${customers.refused} requests were sent again; ${Math.round(performance.now() - startedAtMs)} ms`,
    );
    expect(fleet.killed).toHaveLength(ROUNDS);
    // The new desk does not know the ids of the old one.
    expect([...customers.resent]).toEqual(expect.arrayContaining(twice));
    // What was in flight at a kill comes again, with a mark, in the same chat.
    expect(repeats.length).toBeLessThanOrEqual(ROUNDS);
    for (const { first, again } of repeats) {
      expect(again.instance).toContain('sent again');
      expect(again.chatId).toBe(first.chatId);
    }
  },
);
