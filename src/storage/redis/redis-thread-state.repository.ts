import type { Cluster, Redis } from 'ioredis';
import { askRedis } from '../../redis/ask-redis.js';
import { RedisScript } from '../../redis/redis-script.js';
import { DEFAULT_DESK, emptyRecord, withChanges } from '../../threads/thread-record.js';
import type {
  ThreadChanges,
  ThreadRecord,
  ThreadTopic,
} from '../../threads/thread-record.interface.js';
import {
  ThreadStateRepository,
  type ThreadExpectation,
} from '../../threads/thread-state.repository.js';
import type { TopicRef } from '../../threads/topic-ref.interface.js';

/**
 * A thread that is known without a desk is at the default one.
 *
 * KEYS: record. ARGV: desk, default desk. Returns the desk that has it.
 */
const CLAIM = new RedisScript(`
local known = redis.call('EXISTS', KEYS[1]) == 1
redis.call('HSETNX', KEYS[1], 'desk', known and ARGV[2] or ARGV[1])
return redis.call('HGET', KEYS[1], 'desk')`);

/**
 * KEYS: record, and the binding of the topic if that is set. ARGV: thread, lifetime in ms, number of expected fields, for
 * each its name, its text and what a missing one counts as, then the fields to set; an empty text removes one. Returns
 * whether all were as expected.
 */
const UPDATE_IF = new RedisScript(`
local first = 4 + 3 * ARGV[3]
for i = 4, first - 1, 3 do
  local text = redis.call('HGET', KEYS[1], ARGV[i]) or ARGV[i + 2]
  if text ~= ARGV[i + 1] then return 0 end
end
if KEYS[2] then redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2]) end
for i = first, #ARGV, 2 do
  if ARGV[i + 1] == '' then
    redis.call('HDEL', KEYS[1], ARGV[i])
  else
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
  end
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1`);

/** Where and for how long {@link RedisThreadStateRepository} keeps its keys. */
export interface RedisThreadStateOptions {
  /** What all keys of the bot begin with. */
  readonly keyPrefix: string;
  readonly ttlSeconds: number;
}

/**
 * Keeps the record of each thread as a hash of JSON values under `<prefix>:thread:<threadId>`, and the thread
 * of each topic under `<prefix>:topic:<chatId>:<topicId>`.
 */
export class RedisThreadStateRepository extends ThreadStateRepository {
  readonly #client: Redis | Cluster;
  readonly #keyPrefix: string;
  readonly #ttlSeconds: number;

  constructor(client: Redis | Cluster, { keyPrefix, ttlSeconds }: RedisThreadStateOptions) {
    super();
    this.#client = client;
    this.#keyPrefix = keyPrefix;
    this.#ttlSeconds = ttlSeconds;
  }

  async find(threadId: string): Promise<ThreadRecord | null> {
    const stored = await askRedis(
      `look up thread ${threadId}`,
      this.#client.hgetall(this.#key(threadId)),
    );
    const fields = Object.entries(stored);
    if (fields.length === 0) return null;
    const changes: ThreadChanges = Object.fromEntries(
      fields.map(([field, value]) => [field, JSON.parse(value)]),
    );
    return withChanges(threadId, undefined, changes);
  }

  findByTopic(chatId: number, topicId: number): Promise<string | null> {
    return askRedis(
      `look up the thread of topic ${topicId} in chat ${chatId}`,
      this.#client.get(this.#topicKey({ chatId, topicId })),
    );
  }

  async update(threadId: string, changes: ThreadChanges): Promise<void> {
    await askRedis(`store thread ${threadId}`, this.#update(threadId, changes));
  }

  updateIf(
    threadId: string,
    expected: ThreadExpectation,
    changes: ThreadChanges,
  ): Promise<boolean> {
    return askRedis(`store thread ${threadId}`, this.#updateIf(threadId, expected, changes));
  }

  claim(threadId: string, desk: string): Promise<string> {
    return askRedis(`store the desk of thread ${threadId}`, this.#claim(threadId, desk));
  }

  async remove(threadId: string): Promise<void> {
    await askRedis(`forget thread ${threadId}`, this.#remove(threadId));
  }

  async #update(threadId: string, changes: ThreadChanges): Promise<void> {
    const key = this.#key(threadId);
    const entries = Object.entries(changes).filter(([, value]) => value !== undefined);
    const set = entries.filter(([, value]) => value !== null);
    const removed = entries.filter(([, value]) => value === null).map(([field]) => field);
    // The binding first: a topic without a record is found by its agents, a record alone is not.
    if (changes.topic) {
      await this.#client.set(this.#topicKey(changes.topic), threadId, 'EX', this.#ttlSeconds);
    }
    const fields = set.flatMap(([field, value]) => [field, JSON.stringify(value)]);
    await Promise.all([
      fields.length > 0 && this.#client.hset(key, ...fields),
      removed.length > 0 && this.#client.hdel(key, ...removed),
      this.#renew(key),
    ]);
  }

  async #updateIf(
    threadId: string,
    expected: ThreadExpectation,
    changes: ThreadChanges,
  ): Promise<boolean> {
    const key = this.#key(threadId);
    const missing: Record<string, unknown> = { ...emptyRecord(threadId) };
    const conditions = Object.entries(expected).flatMap(([field, value]) => [
      field,
      textOf(value),
      textOf(missing[field]),
    ]);
    const fields = Object.entries(changes)
      .filter(([, value]) => value !== undefined)
      .flatMap(([field, value]) => [field, textOf(value)]);
    const keys = changes.topic ? [key, this.#topicKey(changes.topic)] : [key];
    const args = [threadId, this.#ttlSeconds * 1000, conditions.length / 3];
    const [isUpdated] = await Promise.all([
      UPDATE_IF.run(this.#client, keys, [...args, ...conditions, ...fields]),
      this.#renew(key),
    ]);
    return isUpdated === 1;
  }

  /** Lets a record and the binding of its topic live as long as if they had been stored now. */
  async #renew(key: string): Promise<void> {
    const [topic] = await Promise.all([
      this.#client.hget(key, 'topic'),
      this.#client.pexpire(key, this.#ttlSeconds * 1000),
    ]);
    if (!topic) return;
    await this.#client.pexpire(this.#topicKey(parseTopic(topic)), this.#ttlSeconds * 1000);
  }

  async #claim(threadId: string, desk: string): Promise<string> {
    const values = [desk, DEFAULT_DESK].map((name) => JSON.stringify(name));
    const owner = await CLAIM.run(this.#client, [this.#key(threadId)], values);
    await this.#update(threadId, {});
    return String(JSON.parse(String(owner)));
  }

  async #remove(threadId: string): Promise<void> {
    const key = this.#key(threadId);
    const [topic, former] = await this.#client.hmget(key, 'topic', 'formerTopics');
    const topics: TopicRef[] = JSON.parse(former ?? '[]');
    if (topic) topics.push(parseTopic(topic));
    const keys = topics.map((each) => this.#topicKey(each));
    await this.#client.del(key, ...keys);
  }

  #key(threadId: string): string {
    return `${this.#keyPrefix}:thread:${threadId}`;
  }

  #topicKey({ chatId, topicId }: TopicRef): string {
    return `${this.#keyPrefix}:topic:${chatId}:${topicId}`;
  }
}

/** A field as it is stored; empty for one that is not there. */
function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

function parseTopic(text: string): ThreadTopic {
  const topic: ThreadTopic = JSON.parse(text);
  return topic;
}
