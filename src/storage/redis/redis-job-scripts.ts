import { RedisScript } from '../../redis/redis-script.js';

/**
 * What happens to the jobs of one key in one step each. `KEYS[1]` is the list of the key's jobs, `KEYS[2]` the
 * set of keys that have jobs. A user may lose a right in the middle of a script, which is not undone then: so
 * whatever moves is added where it goes before it is removed from where it was.
 */
export const JOB_SCRIPTS = {
  /**
   * KEYS[3]: where the id is remembered. ARGV: key, job, seconds to remember the id.
   * How many jobs the key has then; negative when the id was known.
   */
  enqueue: new RedisScript(`
local length = redis.call('LLEN', KEYS[1])
if redis.call('EXISTS', KEYS[3]) == 1 then return -length end
if length == 0 then redis.call('SADD', KEYS[2], ARGV[1]) end
redis.call('RPUSH', KEYS[1], ARGV[2])
redis.call('SET', KEYS[3], '1', 'EX', ARGV[3])
return length + 1`),

  /**
   * ARGV: the most jobs, and about how many bytes of them. Redis's time in milliseconds; the first jobs.
   * A batch needs no more bytes than one message has room for, which may be little of what waits.
   */
  read: new RedisScript(`
local time = redis.call('TIME')
local answer, bytes = { time[1] * 1000 + math.floor(time[2] / 1000) }, 0
for i = 0, ARGV[1] - 1 do
  local job = bytes < tonumber(ARGV[2]) and redis.call('LINDEX', KEYS[1], i)
  if not job then break end
  answer[#answer + 1] = job
  bytes = bytes + #job
end
return answer`),

  /**
   * KEYS[3] and [4]: dead letters by id, and ids by time. ARGV: key, first job, how many to remove, the job that
   * is first then, in its new form, or '' for none; if the first job becomes a dead letter also its id, the letter
   * and when it failed.
   * How many are left; -1 when the first job is another one: another process has taken over.
   */
  complete: RedisScript.evenWhenFull(`
local head, changed = redis.call('LINDEX', KEYS[1], 0), ARGV[4] ~= ''
if head ~= ARGV[2] then
  -- A client that lost its connection sends again what it has no answer to.
  return changed and head == ARGV[4] and redis.call('LLEN', KEYS[1]) or -1
end
if ARGV[5] then
  redis.call('ZADD', KEYS[4], ARGV[7], ARGV[5])
  redis.call('HSET', KEYS[3], ARGV[5], ARGV[6])
end
if changed then redis.call('LSET', KEYS[1], ARGV[3], ARGV[4]) end
if ARGV[3] ~= '0' then redis.call('LTRIM', KEYS[1], ARGV[3], -1) end
local length = redis.call('LLEN', KEYS[1])
if length == 0 then redis.call('SREM', KEYS[2], ARGV[1]) end
return length`),

  /**
   * KEYS: lists of jobs. How many jobs they hold, and since when the oldest of the first ones waits, without what it waits
   * on purpose; 0 when none of them says so. What is first in a list was enqueued first.
   */
  backlog: new RedisScript(`
local jobs, oldest = 0, 0
for i = 1, #KEYS do
  jobs = jobs + redis.call('LLEN', KEYS[i])
  -- cjson refuses half of a surrogate pair, which JSON.stringify writes as \\ud83d: texts are of no interest here.
  local text = string.gsub(redis.call('LINDEX', KEYS[i], 0) or '{}', '\\\\ud', '\\\\u0')
  local job = cjson.decode(text)
  local at = tonumber(job.enqueuedAtMs) or 0
  if at > 0 then at = at + (tonumber(job.heldMs) or 0) end
  if at > 0 and (oldest == 0 or at < oldest) then oldest = at end
end
return { jobs, oldest }`),

  /** ARGV: key. The jobs that it had. */
  drop: RedisScript.evenWhenFull(`
local jobs = redis.call('LRANGE', KEYS[1], 0, -1)
redis.call('DEL', KEYS[1])
redis.call('SREM', KEYS[2], ARGV[1])
return jobs`),

  /** KEYS[3] and [4] as above. ARGV: key, id, job. How many jobs the key has then; 0 when there was no such letter. */
  retry: new RedisScript(`
local length = 0
if redis.call('HEXISTS', KEYS[3], ARGV[2]) == 1 then
  redis.call('SADD', KEYS[2], ARGV[1])
  length = redis.call('RPUSH', KEYS[1], ARGV[3])
  redis.call('HDEL', KEYS[3], ARGV[2])
end
redis.call('ZREM', KEYS[4], ARGV[2])
return length`),
} as const;
