import type { DeadJob, Job } from '../queue/job.interface.js';
import type { OrderedQueue } from '../queue/ordered-queue.js';

/** How many dead letters are read at once. */
const PAGE_SIZE = 100;

/** What keys of single messages begin with, which are named after no thread. */
const OF_MESSAGES = ['agent:', 'held:'];

/** What the jobs of all queues say. */
interface OfThread {
  readonly threadId?: string | undefined;
}

/** A key of a queue that holds jobs of a thread. */
export interface WaitingKey<T, P> {
  readonly key: string;
  /** The first of its jobs. */
  readonly jobs: ReadonlyArray<Job<T, P>>;
}

/** The keys with jobs of a thread: those that are named after it, and those of single messages. */
export async function* waitingOf<T extends OfThread, P>(
  queue: OrderedQueue<T, P>,
  threadId: string,
): AsyncGenerator<WaitingKey<T, P>> {
  for await (const keys of queue.keyNames()) {
    for (const key of keys) {
      const isOfMessage = OF_MESSAGES.some((prefix) => key.startsWith(prefix));
      const isNamed = !isOfMessage && key.slice(key.indexOf(':') + 1) === threadId;
      if (!isNamed && !isOfMessage) continue;
      const jobs = await queue.peek(key, isNamed ? PAGE_SIZE : 1);
      if (isNamed || jobs[0]?.payload.threadId === threadId) yield { key, jobs };
    }
  }
}

/** What waits of a thread, of each key the first jobs. */
export async function waitingIn<T extends OfThread, P>(
  queue: OrderedQueue<T, P>,
  threadId: string,
): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const { jobs } of waitingOf(queue, threadId)) {
    found.push(...jobs.map(({ payload }) => payload));
  }
  return found;
}

/** The dead letters of a thread. */
export async function lettersOf<T extends OfThread, P>(
  queue: OrderedQueue<T, P>,
  threadId: string,
): Promise<ReadonlyArray<DeadJob<T, P>>> {
  const found: Array<DeadJob<T, P>> = [];
  let page = await queue.deadLetters({ limit: PAGE_SIZE });
  for (;;) {
    found.push(...page.filter(({ job }) => job.payload.threadId === threadId));
    const last = page.at(-1);
    if (!last || page.length < PAGE_SIZE) return found;
    const after = { failedAtMs: last.failedAtMs, id: last.job.id };
    page = await queue.deadLetters({ limit: PAGE_SIZE, after });
  }
}
