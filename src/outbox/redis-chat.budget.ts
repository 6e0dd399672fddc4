import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { Cluster, Redis } from 'ioredis';
import { within } from '../clock/within.js';
import { toError } from '../errors/index.js';
import { REDIS_TIMEOUT_MS } from '../redis/redis.connection.js';
import { RedisScript } from '../redis/redis.script.js';
import { ChatBudget, type BudgetDecision, type BudgetOptions } from './chat.budget.js';

/**
 * A send whose process has died is taken for one that lasted this long. Longer than any call may
 * take, so that a living one is never taken for dead.
 */
const LONGEST_SEND_MS = 120_000;

/** When to ask again a Redis that did not answer. */
const AWAY_WAIT_MS = 1_000;

/**
 * Each member of the set is a send, its score the moment it was answered; of one that is under way,
 * when it would have been answered at the latest. Redis's own clock counts for all processes.
 *
 * KEYS: sends, block. ARGV: permit, messages, windowMs, longestSendMs. 0: granted; else the wait.
 */
const TAKE = new RedisScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local messages, window = tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
local blocked = redis.call('PTTL', KEYS[2])
if blocked < 0 then blocked = 0 end
local excess = redis.call('ZCARD', KEYS[1]) - messages
if excess < 0 and blocked == 0 then
  redis.call('ZADD', KEYS[1], now + ARGV[4], ARGV[1])
  redis.call('PEXPIRE', KEYS[1], window + ARGV[4])
  return 0
end
if excess < 0 then return blocked end
local leaves = redis.call('ZRANGE', KEYS[1], excess, excess, 'WITHSCORES')
local wait = math.min(tonumber(leaves[2]) + window - now, window)
return math.max(blocked, wait, 1)`);

/** KEYS: sends. ARGV: permit, windowMs, longestSendMs. */
const SETTLE = new RedisScript(`
local time = redis.call('TIME')
redis.call('ZADD', KEYS[1], time[1] * 1000 + math.floor(time[2] / 1000), ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2] + ARGV[3])
return 1`);

/** KEYS: block. ARGV: durationMs. A longer block stays. */
const BLOCK = new RedisScript(`
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then
  redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])
end
return 1`);

/**
 * A sliding window over the sends of all processes of a desk. While Redis is away it grants nothing,
 * and what it is told is lost: a send under way then counts for its longest time, and others may
 * provoke a 429. That is better than to have a message posted again that Telegram has taken.
 */
export class RedisChatBudget extends ChatBudget {
  readonly #logger = new Logger(RedisChatBudget.name);
  readonly #client: Redis | Cluster;
  readonly #key: string;
  readonly #options: BudgetOptions;

  /** @param key Under which the sends are kept; holds a hash tag. */
  constructor(client: Redis | Cluster, key: string, options: BudgetOptions) {
    super();
    this.#client = client;
    this.#key = key;
    this.#options = options;
  }

  async take(): Promise<BudgetDecision> {
    const permit = randomUUID();
    const waitMs = await this.#ask(permit).catch((error: unknown) => {
      this.#logger.debug(`No permit: ${toError(error).message}`);
      return AWAY_WAIT_MS;
    });
    if (waitMs > 0) return { granted: false, waitMs };
    return { granted: true, permit: { settle: () => this.#count(permit) } };
  }

  async record(): Promise<void> {
    await this.#count(randomUUID());
  }

  async block(durationMs: number): Promise<void> {
    if (durationMs > 0) await this.#note(BLOCK, [this.#blockKey], [durationMs]);
  }

  #ask(permit: string): Promise<number> {
    const { messages, windowMs } = this.#options;
    const keys = [this.#key, this.#blockKey];
    return this.#run(TAKE, keys, [permit, messages, windowMs, LONGEST_SEND_MS]);
  }

  async #count(permit: string): Promise<void> {
    await this.#note(SETTLE, [this.#key], [permit, this.#options.windowMs, LONGEST_SEND_MS]);
  }

  async #note(
    script: RedisScript,
    keys: readonly string[],
    args: ReadonlyArray<string | number>,
  ): Promise<void> {
    try {
      await this.#run(script, keys, args);
    } catch (error) {
      this.#logger.warn(`The budget of the chat is not exact: ${toError(error).message}`);
    }
  }

  async #run(
    script: RedisScript,
    keys: readonly string[],
    args: ReadonlyArray<string | number>,
  ): Promise<number> {
    return Number(await within(script.run(this.#client, keys, args), REDIS_TIMEOUT_MS));
  }

  get #blockKey(): string {
    return `${this.#key}:block`;
  }
}
