import { setTimeout as pass } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { PLACES } from './app.fleet.js';
import { DrillDesk } from './drill.desk.js';
import type { Block, Repeat } from './thread.order.js';
import { Traffic } from './traffic.js';

const outages = [
  { signal: 'SIGTERM', outageMs: 10_000, repeatsOfEach: 1 },
  { signal: 'SIGKILL', outageMs: 10_000, repeatsOfEach: 1 },
  // Shorter than a lock lives, so that nobody takes over what a living process works on.
  { signal: 'SIGKILL', outageMs: 0, repeatsOfEach: 0 },
] as const;

it.for(outages)(
  'loses nothing and keeps the order when Redis gets a $signal under load and is away for $outageMs ms',
  { timeout: 300_000 },
  async ({ signal, outageMs, repeatsOfEach }, { annotate }) => {
    const desk = await DrillDesk.start();
    const traffic = new Traffic(desk);
    let backAtMs = 0;

    const breakRedis = async (): Promise<void> => {
      const isTime = () => expect(traffic.customers.accepted).toBeGreaterThanOrEqual(200);
      await vi.waitFor(isTime, { timeout: 20_000, interval: 5 });
      await desk.server.kill(signal);
      await pass(outageMs);
      await desk.server.restart();
      backAtMs = performance.now();
    };
    await Promise.all([traffic.flow({ messages: 20, replies: 5 }), breakRedis()]);
    await traffic.arrives(150_000);
    const recoveryMs = Math.round(performance.now() - backAtMs);

    const notices = traffic.repeatedNotices();
    const replies = traffic.repeatedReplies();
    await annotate(
      `${signal}, ${outageMs} ms: all of 500 messages and 125 replies were there ${recoveryMs} ms after Redis was back; ` +
        `${notices.length} notices and ${replies.length} replies were repeated; ${traffic.customers.refused} posts were sent again`,
    );
    // What a process had under way when Redis went may have been taken over before it could say that it is done.
    for (const place of PLACES) {
      const instance = desk.fleet.nameAt(place);
      expect(countOf(notices, instance)).toBeLessThanOrEqual(repeatsOfEach);
    }
    for (const threadId of new Set(traffic.handled.map((reply) => reply.threadId))) {
      const ofThread = replies.filter(({ first }) => first.threadId === threadId);
      expect(ofThread.length).toBeLessThanOrEqual(repeatsOfEach);
    }
  },
);

function countOf(repeats: ReadonlyArray<Repeat<Block>>, instance: string): number {
  return repeats.filter(({ first }) => first.instance === instance).length;
}
