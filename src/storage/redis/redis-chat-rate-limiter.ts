import { randomUUID } from 'node:crypto';
import type { Cluster, Redis } from 'ioredis';
import type { Clock, Timer } from '../../common/clock.js';
import { SystemClock } from '../../common/system-clock.js';
import { withTimeout } from '../../common/with-timeout.js';
import type { ErrorDescriber } from '../../errors/index.js';
import { ThrottledLogger } from '../../common/throttled-logger.js';
import { REDIS_TIMEOUT_MS } from '../../redis/redis-connection.js';
import { RedisScript } from '../../redis/redis-script.js';
import {
  ChatRateLimiter,
  type RateLimitDecision,
  type SendPermit,
} from '../../chat/chat-rate-limiter.js';
import type { RateLimitOptions } from '../../config/rate-limit.options.js';

/** A call whose process has died counts as answered after this time. */
const LONGEST_SEND_MS = 120_000;

/** How often a call that is under way is renewed, because the upload of a large file may take longer. */
const RENEW_EVERY_MS = LONGEST_SEND_MS / 2;

/** The wait before asking again when Redis did not answer. */
const OUTAGE_WAIT_MS = 1_000;

/**
 * How long the chat is still paused. The value of the key is the length of the pause, because the key lives longer
 * when the clock of Redis is set back. KEYS[2]: pause.
 */
const PAUSED = `
local paused = math.max(redis.call('PTTL', KEYS[2]), 0)
local length = paused > 0 and tonumber(redis.call('GET', KEYS[2])) or 0
if paused > length then
  redis.call('PEXPIRE', KEYS[2], length)
  paused = length
end`;

/** KEYS: messages, pause. */
const PAUSED_MS = RedisScript.evenWhenFull(`${PAUSED}
return paused`);

/**
 * Each member of the sorted set is a message; its score is when its call was answered or, while the call is in
 * flight, when it will be answered at the latest. All times are by the clock of Redis. When that was set back,
 * times in the future count as now.
 *
 * KEYS: messages, pause. ARGV: permit, cost, messages, windowMs, longestSendMs, reserve.
 * 0: granted; else the wait.
 */
const ACQUIRE = RedisScript.evenWhenFull(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local cost, messages, window = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
local later = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf', 'WITHSCORES')
for i = 1, #later, 2 do
  local latest = string.find(later[i], ':answered', 1, true) and now or now + ARGV[5]
  if tonumber(later[i + 1]) > latest then redis.call('ZADD', KEYS[1], latest, later[i]) end
end
${PAUSED}
local held = redis.call('ZCARD', KEYS[1])
local tooMany = math.min(held, held + cost + tonumber(ARGV[6]) - messages)
if tooMany > 0 then
  local last = redis.call('ZRANGE', KEYS[1], tooMany - 1, tooMany - 1, 'WITHSCORES')
  local wait = math.min(tonumber(last[2]) + window - now, window)
  return math.max(paused, wait, 1)
end
if paused > 0 then return paused end
for i = 1, cost do
  redis.call('ZADD', KEYS[1], now + ARGV[5], ARGV[1] .. ':' .. i)
end
redis.call('PEXPIRE', KEYS[1], window + ARGV[5])
return 0`);

/** KEYS: messages. ARGV: permit, cost, windowMs, longestSendMs. */
const RECORD = RedisScript.evenWhenFull(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for i = 1, tonumber(ARGV[2]) do
  redis.call('ZREM', KEYS[1], ARGV[1] .. ':' .. i)
  redis.call('ZADD', KEYS[1], now, ARGV[1] .. ':' .. i .. ':answered')
end
redis.call('PEXPIRE', KEYS[1], ARGV[3] + ARGV[4])
return 1`);

/** KEYS: messages. ARGV: permit, cost, windowMs, longestSendMs. What was answered meanwhile stays so. */
const RENEW = RedisScript.evenWhenFull(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for i = 1, tonumber(ARGV[2]) do
  redis.call('ZADD', KEYS[1], 'XX', now + ARGV[4], ARGV[1] .. ':' .. i)
end
redis.call('PEXPIRE', KEYS[1], ARGV[3] + ARGV[4])
return 1`);

/** KEYS: messages. ARGV: windowMs. How many messages the window holds. Writes nothing. */
const HELD = new RedisScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
return #redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. (now - ARGV[1]), '+inf')`);

/** KEYS: messages, pause. ARGV: durationMs. A longer pause stays. */
const PAUSE = RedisScript.evenWhenFull(`${PAUSED}
if paused < tonumber(ARGV[1]) then
  redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[1])
end
return 1`);

/**
 * A sliding window over the messages of all processes of a desk. During an outage of Redis it grants nothing.
 * A pause is then kept by this process, but the answer to a call is not recorded: the call counts for as long as
 * the longest one, and other processes may provoke a 429. To fail instead would post the message again.
 */
export class RedisChatRateLimiter extends ChatRateLimiter {
  readonly #logger: ThrottledLogger;
  readonly #client: Redis | Cluster;
  readonly #key: string;
  readonly #options: RateLimitOptions;
  readonly #clock: Clock;
  /** The end of a pause that could not be stored in Redis, by the clock of this process. */
  #ownPauseUntilMs = 0;

  /** @param key The key of the messages, which contains a hash tag. */
  constructor(
    client: Redis | Cluster,
    key: string,
    options: RateLimitOptions,
    errors?: ErrorDescriber,
    clock: Clock = new SystemClock(),
  ) {
    super();
    this.#logger = new ThrottledLogger(RedisChatRateLimiter.name, errors);
    this.#client = client;
    this.#key = key;
    this.#options = options;
    this.#clock = clock;
  }

  async acquire(cost = 1, reserve = 0): Promise<RateLimitDecision> {
    if (this.#ownPauseMs > 0) return { granted: false, waitMs: this.#ownPauseMs };
    const permit = randomUUID();
    const waitMs = await this.#tryAcquire(permit, cost, reserve).catch((error: unknown) => {
      this.#logger.debug(`No permit: ${this.#logger.describe(error)}`);
      return OUTAGE_WAIT_MS;
    });
    if (waitMs > 0) return { granted: false, waitMs };
    return { granted: true, permit: this.#hold(permit, cost) };
  }

  async record(cost = 1): Promise<void> {
    await this.#count(randomUUID(), cost);
  }

  async pause(durationMs: number): Promise<void> {
    if (durationMs <= 0) return;
    const untilMs = performance.now() + durationMs;
    if (await this.#write(PAUSE, this.#keys, [Math.ceil(durationMs)])) return;
    this.#ownPauseUntilMs = Math.max(this.#ownPauseUntilMs, untilMs);
  }

  async pausedMs(): Promise<number> {
    const shared = await this.#run(PAUSED_MS, this.#keys, []).catch(() => 0);
    return Math.max(this.#ownPauseMs, shared);
  }

  async used(): Promise<number> {
    const { messages, windowMs } = this.#options;
    return Math.min(1, (await this.#run(HELD, [this.#key], [windowMs])) / messages);
  }

  get #ownPauseMs(): number {
    return Math.max(0, Math.ceil(this.#ownPauseUntilMs - performance.now()));
  }

  #tryAcquire(permit: string, cost: number, reserve: number): Promise<number> {
    const { messages, windowMs } = this.#options;
    const args = [permit, cost, messages, windowMs, LONGEST_SEND_MS, reserve];
    return this.#run(ACQUIRE, this.#keys, args);
  }

  /** Renews a permit until it is released, or the connection is closed: an app may end while a call is under way. */
  #hold(permit: string, cost: number): SendPermit {
    let timer: Timer;
    const renewLater = (): void => {
      timer = this.#clock.setTimer(() => {
        if (this.#client.status === 'end') return;
        renewLater();
        void this.#renew(permit, cost);
      }, RENEW_EVERY_MS);
      timer.unref?.();
    };
    renewLater();
    const release = (): Promise<void> => {
      timer.cancel();
      return this.#count(permit, cost);
    };
    return { release };
  }

  async #renew(permit: string, cost: number): Promise<void> {
    const { windowMs } = this.#options;
    await this.#write(RENEW, [this.#key], [permit, cost, windowMs, LONGEST_SEND_MS]);
  }

  async #count(permit: string, cost: number): Promise<void> {
    const { windowMs } = this.#options;
    await this.#write(RECORD, [this.#key], [permit, cost, windowMs, LONGEST_SEND_MS]);
  }

  /** False when Redis does not answer. */
  async #write(
    script: RedisScript,
    keys: readonly string[],
    args: ReadonlyArray<string | number>,
  ): Promise<boolean> {
    try {
      await this.#run(script, keys, args);
      return true;
    } catch (error) {
      this.#logger.warn(
        `The rate limit of the admin chat is inexact, because a call or a pause could not be stored: ${this.#logger.describe(error)}`,
      );
      return false;
    }
  }

  async #run(
    script: RedisScript,
    keys: readonly string[],
    args: ReadonlyArray<string | number>,
  ): Promise<number> {
    return Number(await withTimeout(script.run(this.#client, keys, args), REDIS_TIMEOUT_MS));
  }

  /** The keys of the messages and of the pause. */
  get #keys(): readonly string[] {
    return [this.#key, `${this.#key}:block`];
  }
}
