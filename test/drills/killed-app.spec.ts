import { expect, it, vi } from 'vitest';
import { SeededRandom } from '../../packages/telegram-bot-api-emulator/src/common/seeded-random.js';
import { DrillDesk } from './drill.desk.js';
import { DRILL_KILLS as KILLS, DRILL_MESSAGES as MESSAGES } from './drill.length.js';
import { Traffic } from './traffic.js';

const SEED = 7;

/** What each of the 25 threads is sent between two kills, to which agents write a quarter as many replies. */
const MESSAGES_OF_ROUND = Math.ceil(MESSAGES / KILLS / 25);
const REPLIES_OF_ROUND = Math.ceil(MESSAGES_OF_ROUND / 4);

it.for([
  { mode: 'replies', topics: 0 },
  { mode: 'topics', topics: 25 },
])(
  'loses nothing and keeps the order when processes are killed under load, with $mode',
  { timeout: 300_000 },
  async ({ mode, topics }, { annotate }) => {
    const desk = await DrillDesk.start({ TELEGRAM_MODE: mode });
    const { fleet, emulator } = desk;
    const traffic = new Traffic(desk);
    const random = new SeededRandom(SEED);
    const startedAtMs = performance.now();
    const restarts: Array<Promise<void>> = [];
    let handlersAtKills = 0;

    /** Kills a process in the middle of what is being written, and starts it again meanwhile. */
    const kill = async (): Promise<void> => {
      const enough =
        traffic.customers.accepted +
        25 * random.between(MESSAGES_OF_ROUND / 4, (3 * MESSAGES_OF_ROUND) / 4);
      const isTime = () => {
        expect(traffic.customers.accepted).toBeGreaterThanOrEqual(enough);
        expect(fleet.serving.length).toBeGreaterThanOrEqual(2);
      };
      await vi.waitFor(isTime, { timeout: 30_000, interval: 5 });
      const place = fleet.serving[random.between(0, fleet.serving.length - 1)] ?? 'A';
      await fleet.kill(place);
      handlersAtKills += await desk.activeKeys('inbox');
      restarts.push(fleet.start(place));
    };

    for (let round = 0; round < KILLS; round += 1) {
      // In two of the rounds the answer to a send is lost too, and its process lives to know it.
      if (round % 2 === 1) emulator.failNext('sendMessage', { kind: 'cut', perform: true });
      await Promise.all([
        traffic.flow({ messages: MESSAGES_OF_ROUND, replies: REPLIES_OF_ROUND }),
        kill(),
      ]);
    }
    await Promise.all(restarts);
    await traffic.arrives(150_000);

    const { notices } = desk;
    const { handled } = traffic;
    const repeatedNotices = traffic.repeatedNotices();
    const repeatedReplies = traffic.repeatedReplies();
    // What was in flight at a kill, and what an answer was lost to, comes again with a mark.
    const withoutMark = repeatedNotices.filter(({ again }) => !again.isMarked);
    const repeatedOf = new Set(
      repeatedNotices.map(({ again }) => `${again.threadId}: ${again.numbers[0]}`),
    );
    const onlyMarked = notices.filter(
      ({ isMarked, threadId, numbers }) =>
        isMarked && !repeatedOf.has(`${threadId}: ${numbers[0]}`),
    );
    await annotate(
      `${KILLS} kills: of ${25 * KILLS * MESSAGES_OF_ROUND} messages in ${notices.length} notices, ${repeatedNotices.length} notices were repeated with a mark, ${onlyMarked.length} had one and were not; ` +
        `of ${25 * KILLS * REPLIES_OF_ROUND} replies, ${repeatedReplies.length} were handled again, of ${handlersAtKills} at work at the kills; ` +
        `${traffic.customers.refused} posts were sent again; ${Math.round(performance.now() - startedAtMs)} ms`,
    );

    expect(fleet.killed).toHaveLength(KILLS);
    // The answers that were lost, and what a process posted last before it was killed.
    expect(withoutMark).toEqual([]);
    expect(repeatedNotices.length).toBeGreaterThanOrEqual(1);
    expect(repeatedNotices.length).toBeLessThanOrEqual(KILLS + 2);
    // Of a request that was in flight at a kill nobody knows whether Telegram has read it.
    expect(onlyMarked.length).toBeLessThanOrEqual(KILLS);

    // However often a process was killed while it opened a topic, each thread has one.
    expect(desk.chat.topics).toHaveLength(topics);
    const places = notices.map(({ threadId, topicId }) => `${threadId} in ${topicId}`);
    expect(new Set(places).size).toBe(25);

    for (const { first } of repeatedReplies) {
      const isAlike = ({ instance, threadId }: typeof first) =>
        instance === first.instance && threadId === first.threadId;
      expect(fleet.killed).toContain(first.instance);
      expect(first).toEqual(handled.findLast(isAlike));
    }
    expect(repeatedReplies.length).toBeLessThanOrEqual(handlersAtKills);
  },
);
