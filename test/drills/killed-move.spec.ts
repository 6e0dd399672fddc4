import { deepStrictEqual } from 'node:assert/strict';
import { expect, it, vi } from 'vitest';
import { SeededRandom } from '../../packages/telegram-bot-api-emulator/src/common/seeded-random.js';
import { Customers } from './customers.js';
import { DrillDesk } from './drill.desk.js';
import { DRILL_KILLS as KILLS, DRILL_MESSAGES as MESSAGES } from './drill.length.js';
import { repeatsIn, type Block } from './thread.order.js';

const SEED = 12;
/** How many threads move while one process is killed. */
const THREADS_OF_WAVE = 8;
const WAVES = Array.from({ length: KILLS }, (_, wave) =>
  Array.from({ length: THREADS_OF_WAVE }, (__, i) => `t${wave * THREADS_OF_WAVE + i}`),
);
const THREADS = WAVES.flat();
/** What each thread is sent before it is moved, and again behind that. */
const BATCH = Math.ceil(MESSAGES / THREADS.length / 2);

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

it(
  'loses nothing, keeps the order and posts nothing at two desks when processes are killed while threads move',
  { timeout: 120_000 },
  async ({ annotate }) => {
    const desk = await DrillDesk.start({ TELEGRAM_MODE: 'topics' }, true);
    const { fleet } = desk;
    const customers = new Customers(desk.balancer.url);
    const random = new SeededRandom(SEED);
    const restarts: Array<Promise<void>> = [];
    const startedAtMs = performance.now();

    /** Kills a process when some of the threads of a wave are moving. */
    const kill = async (wave: number): Promise<void> => {
      const enough = THREADS_OF_WAVE * wave + random.between(1, THREADS_OF_WAVE - 1);
      const isTime = () => {
        expect(customers.moved).toBeGreaterThanOrEqual(enough);
        expect(fleet.serving.length).toBeGreaterThanOrEqual(2);
      };
      await vi.waitFor(isTime, { timeout: 30_000, interval: 2 });
      const place = fleet.serving[random.between(0, fleet.serving.length - 1)] ?? 'A';
      await fleet.kill(place);
      restarts.push(fleet.start(place));
    };
    const move = async (threadId: string): Promise<void> => {
      await customers.write(threadId, BATCH);
      await customers.move(threadId, 'billing');
      await customers.write(threadId, BATCH);
    };

    for (const [wave, threadIds] of WAVES.entries()) {
      await Promise.all([...threadIds.map(move), kill(wave)]);
    }
    await Promise.all(restarts);

    const state = async () => ({
      shown: new Set(
        noticesOf(desk).flatMap(({ threadId, numbers }) => numbers.map((n) => `${threadId} ${n}`)),
      ).size,
      waiting: [
        ...(await desk.keys('outbox:jobs')),
        ...(await desk.keys('outbox:jobs', desk.billing)),
      ],
    });
    const expected = { shown: 2 * BATCH * THREADS.length, waiting: [] };
    await vi.waitFor(async () => deepStrictEqual(await state(), expected), {
      timeout: 60_000,
      interval: 100,
    });

    const notices = noticesOf(desk);
    const repeats = THREADS.flatMap((threadId) => {
      const own = notices.filter((notice) => notice.threadId === threadId);
      expect(own.at(-1)?.chatId).toBe(desk.billing.id);
      return repeatsIn(own, 2 * BATCH);
    });
    await annotate(
      `${KILLS} kills: ${2 * BATCH * THREADS.length} messages in ${notices.length} notices, of which ${repeats.length} were repeated; ` +
        `${customers.refused} requests were sent again; ${Math.round(performance.now() - startedAtMs)} ms`,
    );
    expect(fleet.killed).toHaveLength(KILLS);
    // What was in flight at a kill comes again, with a mark, in the same chat.
    expect(repeats.length).toBeLessThanOrEqual(KILLS);
    for (const { first, again } of repeats) {
      expect(again.instance).toContain('sent again');
      expect(again.chatId).toBe(first.chatId);
    }
    for (const { topics } of [desk.chat, desk.billing]) {
      expect(topics.map(({ name }) => name).toSorted()).toEqual(THREADS.toSorted());
    }
  },
);
