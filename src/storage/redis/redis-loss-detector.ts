import type { Cluster, Redis } from 'ioredis';
import { withTimeout } from '../../common/with-timeout.js';
import type { WaitingCount } from './waiting-count.js';
import { SafeLogger } from '../../common/safe-logger.js';
import { REDIS_TIMEOUT_MS } from '../../redis/redis-connection.js';
import { RedisScript } from '../../redis/redis-script.js';

/** How soon a loss is seen while anything waits. */
const LOOK_MS = 5_000;

/** How often it is looked for while nothing does: each how manyeth time. An idle desk asks Redis next to nothing. */
const IDLE_LOOKS = 12;

/**
 * KEYS: epoch, then of each queue its keys that have jobs. ARGV: a new epoch.
 * The epoch that is there now; of each queue whether it holds anything.
 */
const LOOK = new RedisScript(`
local answer = { redis.call('GET', KEYS[1]) or false }
if not answer[1] then
  redis.call('SET', KEYS[1], ARGV[1])
  answer[1] = ARGV[1]
end
for i = 2, #KEYS do answer[#answer + 1] = redis.call('EXISTS', KEYS[i]) end
return answer`);

/** A queue, as the watch sees it. */
export interface WatchedQueue {
  /** What its keys begin with. */
  readonly prefix: string;
  /** Of one item, in words. */
  readonly unit: readonly [one: string, several: string];
  readonly waiting: WaitingCount;
}

/**
 * Sees that Redis has lost everything, by FLUSHALL or a restart without its file: the epoch, a key that
 * lives for ever, has gone or is another one. Says so once.
 */
export class RedisLossDetector {
  readonly #logger = new SafeLogger(RedisLossDetector.name);
  readonly #client: Redis | Cluster;
  readonly #key: string;
  readonly #queues: readonly WatchedQueue[];
  /** As this process has seen it first, or after the last loss. */
  #epoch: string | undefined;
  #changesSeen = -1;
  #looksSpared = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #look = (): void => void this.#lookForLoss();

  /** @param key Of the epoch; all processes of a desk share it. */
  constructor(client: Redis | Cluster, key: string, queues: readonly WatchedQueue[]) {
    this.#client = client;
    this.#key = key;
    this.#queues = queues;
  }

  start(): void {
    this.#look();
    this.#client.on('ready', this.#look);
    this.#timer = setInterval(() => this.#lookIfDue(), LOOK_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#client.off('ready', this.#look);
  }

  get #changes(): number {
    return this.#queues.reduce((sum, { waiting }) => sum + waiting.changes, 0);
  }

  #lookIfDue(): void {
    const isIdle = this.#queues.every(({ waiting }) => waiting.count === 0);
    this.#looksSpared += 1;
    if (isIdle && this.#changes === this.#changesSeen && this.#looksSpared < IDLE_LOOKS) return;
    this.#look();
  }

  async #lookForLoss(): Promise<void> {
    this.#looksSpared = 0;
    const changes = this.#changes;
    const mine = `${Date.now()}-${crypto.randomUUID()}`;
    const queues = this.#queues.map(({ prefix }) => `${prefix}keys`);
    let answer: unknown;
    try {
      const look = LOOK.run(this.#client, [this.#key, ...queues], [mine]);
      answer = await withTimeout(look, REDIS_TIMEOUT_MS);
    } catch {
      // That Redis is away is told elsewhere, and it is looked again when it is back.
      return;
    }
    const [epoch, ...holds] = Array.isArray(answer) ? answer : [];
    this.#changesSeen = changes;
    const isLost = this.#epoch !== undefined && this.#epoch !== epoch;
    this.#epoch = String(epoch);
    if (isLost) this.#tell();
    // What other processes have done meanwhile this one does not hear of.
    const isStill = changes === this.#changes;
    for (const [index, { waiting }] of this.#queues.entries()) {
      if (isLost || (isStill && holds[index] === 0)) waiting.clear();
    }
  }

  #tell(): void {
    const known = this.#queues.map(({ waiting: { count }, unit: [one, several] }) =>
      count === 1 ? `1 ${one}` : `${count} ${several}`,
    );
    this.#logger.error(
      `Redis has lost what it kept for this desk, by FLUSHALL or a restart without its file: with what waited, as far as this process knows ${known.join(' and ')}, and all mappings and dead letters. ` +
        'The desk goes on with what comes now; keep others from flushing it, and set appendonly yes',
    );
  }
}
