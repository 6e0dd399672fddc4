import type { Cluster, Redis } from 'ioredis';
import { askRedis } from '../../redis/ask-redis.js';
import { RedisScript } from '../../redis/redis-script.js';
import { ThreadSchedule, type DueThreads, type ScheduledThread } from '../thread-schedule.js';

/** KEYS: the schedule. ARGV: thread, delay in ms. Returns whether no other one was scheduled. */
const ADD = new RedisScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local count = redis.call('ZCARD', KEYS[1])
redis.call('ZADD', KEYS[1], 'NX', now + ARGV[2], ARGV[1])
return count == 0 and 1 or 0`);

/** KEYS: the schedule. ARGV: how many at most. Returns how long the next one still waits, or '', then the due threads and times. */
const NEXT = new RedisScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local first = redis.call('ZRANGE', KEYS[1], 0, ARGV[1], 'WITHSCORES')
local answer = { '' }
for i = 1, #first, 2 do
  local left = tonumber(first[i + 1]) - now
  if left > 0 or #answer > 2 * ARGV[1] then
    answer[1] = string.format('%.0f', math.max(left, 0))
    break
  end
  answer[#answer + 1] = first[i]
  answer[#answer + 1] = first[i + 1]
end
return answer`);

/** KEYS: the schedule. ARGV: thread, the time for which it was scheduled. */
const SETTLE = RedisScript.evenWhenFull(`
if redis.call('ZSCORE', KEYS[1], ARGV[1]) == ARGV[2] then redis.call('ZREM', KEYS[1], ARGV[1]) end
return 1`);

/** Keeps the schedule as a sorted set in Redis, by the clock of Redis. */
export class RedisThreadSchedule extends ThreadSchedule {
  readonly #client: Redis | Cluster;
  readonly #key: string;

  constructor(client: Redis | Cluster, key: string) {
    super();
    this.#client = client;
    this.#key = key;
  }

  async add(threadId: string, delayMs: number): Promise<boolean> {
    const added = ADD.run(this.#client, [this.#key], [threadId, Math.ceil(delayMs)]);
    return (await askRedis(`schedule thread ${threadId}`, added)) === 1;
  }

  async remove(threadId: string): Promise<void> {
    const removed = this.#client.zrem(this.#key, threadId);
    await askRedis(`take thread ${threadId} off a schedule`, removed);
  }

  async next(most: number): Promise<DueThreads> {
    const answer = await askRedis(
      'look up the threads that are due',
      NEXT.run(this.#client, [this.#key], [most]),
    );
    const [waitMs = '', ...due] = Array.isArray(answer) ? answer.map(String) : [];
    const threads: ScheduledThread[] = [];
    for (let index = 0; index < due.length; index += 2) {
      threads.push({ threadId: due[index] ?? '', dueAtMs: Number(due[index + 1]) });
    }
    return { due: threads, waitMs: waitMs === '' ? null : Number(waitMs) };
  }

  async settle({ threadId, dueAtMs }: ScheduledThread): Promise<void> {
    const settled = SETTLE.run(this.#client, [this.#key], [threadId, dueAtMs]);
    await askRedis(`take thread ${threadId} off a schedule`, settled);
  }
}
