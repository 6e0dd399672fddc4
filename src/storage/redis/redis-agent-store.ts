import type { Cluster, Redis } from 'ioredis';
import { withTimeout } from '../../common/with-timeout.js';
import { REDIS_TIMEOUT_MS } from '../../redis/redis-connection.js';
import { RedisScript } from '../../redis/redis-script.js';
import { AgentStore, type CodeUse, type LinkedAccount } from '../agent-store.js';

/** KEYS: code. ARGV: user, lifetime in ms. */
const ADD = new RedisScript(`
redis.call('HSET', KEYS[1], 'user', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1`);

/**
 * KEYS: code, users by account, accounts by user. ARGV: account. Returns the user; '' when another account has used it,
 * or the account is linked by it no more; nil when it is not known.
 */
const USE = new RedisScript(`
local user = redis.call('HGET', KEYS[1], 'user')
if not user then return false end
if redis.call('HSETNX', KEYS[1], 'usedBy', ARGV[1]) == 0 then
  return redis.call('HGET', KEYS[2], ARGV[1]) == user and redis.call('HGET', KEYS[1], 'usedBy') == ARGV[1] and user or ''
end
local account, former = redis.call('HGET', KEYS[3], user), redis.call('HGET', KEYS[2], ARGV[1])
if account then redis.call('HDEL', KEYS[2], account) end
if former then redis.call('HDEL', KEYS[3], former) end
redis.call('HSET', KEYS[2], ARGV[1], user)
redis.call('HSET', KEYS[3], user, ARGV[1])
return user`);

/** KEYS: users by account, accounts by user. ARGV: user. Whether there was one. */
const UNLINK = new RedisScript(`
local account = redis.call('HGET', KEYS[2], ARGV[1])
if not account then return 0 end
redis.call('HDEL', KEYS[1], account)
redis.call('HDEL', KEYS[2], ARGV[1])
return 1`);

/** Keeps everything in Redis, for all processes of one bot. Accounts and duty have no expiry. */
export class RedisAgentStore extends AgentStore {
  readonly #client: Redis | Cluster;
  readonly #prefix: string;
  readonly #users: string;
  readonly #accounts: string;

  /** @param prefix What all keys of the bot begin with. */
  constructor(client: Redis | Cluster, prefix: string) {
    super();
    this.#client = client;
    this.#prefix = `${prefix}:agent:`;
    this.#users = `${this.#prefix}users`;
    this.#accounts = `${this.#prefix}accounts`;
  }

  async addCode(hash: string, userId: string, lifeMs: number): Promise<void> {
    await ask(ADD.run(this.#client, [this.#code(hash)], [userId, lifeMs]));
  }

  async useCode(hash: string, telegramId: number): Promise<CodeUse> {
    const keys = [this.#code(hash), this.#users, this.#accounts];
    const user = await ask(USE.run(this.#client, keys, [telegramId]));
    if (typeof user !== 'string') return null;
    return user === '' ? 'used' : { userId: user };
  }

  userOf(telegramId: number): Promise<string | null> {
    return ask(this.#client.hget(this.#users, String(telegramId)));
  }

  async linked(): Promise<readonly LinkedAccount[]> {
    const users = await ask(this.#client.hgetall(this.#users));
    return Object.entries(users).map(([id, userId]) => ({ telegramId: Number(id), userId }));
  }

  async unlink(userId: string): Promise<boolean> {
    const keys = [this.#users, this.#accounts];
    return (await ask(UNLINK.run(this.#client, keys, [userId]))) === 1;
  }

  async setDuty(desk: string, telegramId: number, note: string | null): Promise<void> {
    const key = this.#duty(desk);
    const field = String(telegramId);
    await ask(note === null ? this.#client.hdel(key, field) : this.#client.hset(key, field, note));
  }

  duty(desk: string): Promise<readonly string[]> {
    return ask(this.#client.hvals(this.#duty(desk)));
  }

  #code(hash: string): string {
    return `${this.#prefix}code:${hash}`;
  }

  #duty(desk: string): string {
    return `${this.#prefix}duty:${desk}`;
  }
}

function ask<A>(answer: Promise<A>): Promise<A> {
  return withTimeout(answer, REDIS_TIMEOUT_MS);
}
