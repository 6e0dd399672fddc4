import type { Cluster, Redis } from 'ioredis';
import { withTimeout } from '../../common/with-timeout.js';
import type { WaitingCount } from './waiting-count.js';
import { SafeLogger } from '../../common/safe-logger.js';
import { REDIS_TIMEOUT_MS } from '../../redis/redis-connection.js';
import { RedisScript } from '../../redis/redis-script.js';

/** How often a loss is looked for while jobs wait. */
const CHECK_INTERVAL_MS = 5_000;

/** While no jobs wait, only one in this many checks is made, so that an idle desk leaves Redis alone. */
const IDLE_CHECKS = 12;

/**
 * KEYS: epoch, then for each queue the set of its keys that have jobs. ARGV: a new epoch.
 * Returns the epoch that is stored now, then for each queue whether it has jobs.
 */
const CHECK = new RedisScript(`
local answer = { redis.call('GET', KEYS[1]) or false }
if not answer[1] then
  redis.call('SET', KEYS[1], ARGV[1])
  answer[1] = ARGV[1]
end
for i = 2, #KEYS do answer[#answer + 1] = redis.call('EXISTS', KEYS[i]) end
return answer`);

/** A queue whose loss is reported. */
export interface WatchedQueue {
  /** The prefix of its keys. */
  readonly prefix: string;
  /** What the log calls one job, and several. */
  readonly unit: readonly [one: string, several: string];
  readonly waiting: WaitingCount;
}

/**
 * Logs once when Redis has lost all data, by FLUSHALL or a restart without persistence: the epoch, a key that
 * never expires, is missing or has another value.
 */
export class RedisLossDetector {
  readonly #logger = new SafeLogger(RedisLossDetector.name);
  readonly #client: Redis | Cluster;
  readonly #key: string;
  readonly #queues: readonly WatchedQueue[];
  /** The value that this process has read first, or after the last loss. */
  #epoch: string | undefined;
  #changesSeen = -1;
  #checksSkipped = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #check = (): void => void this.#runCheck();

  /** @param key The key of the epoch, which all processes of a desk share. */
  constructor(client: Redis | Cluster, key: string, queues: readonly WatchedQueue[]) {
    this.#client = client;
    this.#key = key;
    this.#queues = queues;
  }

  start(): void {
    this.#check();
    this.#client.on('ready', this.#check);
    this.#timer = setInterval(() => this.#checkIfDue(), CHECK_INTERVAL_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#client.off('ready', this.#check);
  }

  get #changes(): number {
    return this.#queues.reduce((sum, { waiting }) => sum + waiting.changes, 0);
  }

  #checkIfDue(): void {
    const isIdle = this.#queues.every(({ waiting }) => waiting.count === 0);
    this.#checksSkipped += 1;
    if (isIdle && this.#changes === this.#changesSeen && this.#checksSkipped < IDLE_CHECKS) return;
    this.#check();
  }

  async #runCheck(): Promise<void> {
    this.#checksSkipped = 0;
    const changes = this.#changes;
    const mine = `${Date.now()}-${crypto.randomUUID()}`;
    const queues = this.#queues.map(({ prefix }) => `${prefix}keys`);
    let answer: unknown;
    try {
      const check = CHECK.run(this.#client, [this.#key, ...queues], [mine]);
      answer = await withTimeout(check, REDIS_TIMEOUT_MS);
    } catch {
      // RedisOutageLog reports the outage. The next check follows when Redis is back.
      return;
    }
    const [epoch, ...holds] = Array.isArray(answer) ? answer : [];
    this.#changesSeen = changes;
    const isLost = this.#epoch !== undefined && this.#epoch !== epoch;
    this.#epoch = String(epoch);
    if (isLost) this.#reportLoss();
    // Other processes may have processed jobs that this one counts as waiting.
    const isStill = changes === this.#changes;
    for (const [index, { waiting }] of this.#queues.entries()) {
      if (isLost || (isStill && holds[index] === 0)) waiting.remove(waiting.count);
    }
  }

  #reportLoss(): void {
    const known = this.#queues.map(({ waiting: { count }, unit: [one, several] }) =>
      count === 1 ? `1 ${one}` : `${count} ${several}`,
    );
    this.#logger.error(
      `Redis has lost the data of this desk, by FLUSHALL or a restart without persistence: all waiting jobs (as far as this process can see ${known.join(' and ')}), mappings and dead letters. ` +
        'The desk continues with new messages. Protect Redis from FLUSHALL, and set appendonly yes',
    );
  }
}
