import { RedisScript } from '../redis/redis.script.js';

/**
 * What happens to lanes in Redis in one step each. All keys of a queue carry the same hash tag, so
 * that each script finds its keys on one node of a cluster. A script that is told the head of a lane
 * does nothing when another worker has taken the lane over meanwhile, which shows in its head.
 */
export const LANE_SCRIPTS = {
  /** KEYS: seen, lane, lanes. ARGV: item, name of the lane, seconds. The new length; known: the length, negated. */
  push: new RedisScript(`
if not redis.call('SET', KEYS[1], '1', 'NX', 'EX', ARGV[3]) then return -redis.call('LLEN', KEYS[2]) end
local length = redis.call('RPUSH', KEYS[2], ARGV[1])
if length == 1 then redis.call('SADD', KEYS[3], ARGV[2]) end
return length`),
  /**
   * KEYS: lane, lanes. ARGV: head, name of the lane, count, new head or '', how many to read.
   * -1: taken over; else how many are left, and the first of them.
   */
  complete: new RedisScript(`
if redis.call('LINDEX', KEYS[1], 0) ~= ARGV[1] then return { -1 } end
if ARGV[3] ~= '0' then redis.call('LTRIM', KEYS[1], ARGV[3], -1) end
local length = redis.call('LLEN', KEYS[1])
if length == 0 then redis.call('SREM', KEYS[2], ARGV[2]) end
if length > 0 and ARGV[4] ~= '' then redis.call('LSET', KEYS[1], 0, ARGV[4]) end
if length == 0 or ARGV[5] == '0' then return { length } end
return { length, unpack(redis.call('LRANGE', KEYS[1], 0, ARGV[5] - 1)) }`),
  /** KEYS: lane, lanes, dead. ARGV: head, name of the lane, id, letter. -1: taken over; else what is left. */
  bury: new RedisScript(`
if redis.call('LINDEX', KEYS[1], 0) ~= ARGV[1] then return -1 end
redis.call('LPOP', KEYS[1])
redis.call('HSET', KEYS[3], ARGV[3], ARGV[4])
local length = redis.call('LLEN', KEYS[1])
if length == 0 then redis.call('SREM', KEYS[2], ARGV[2]) end
return length`),
  /** KEYS: lane, lanes, dead. ARGV: id, name of the lane, item. 0: no such letter; else the new length. */
  revive: new RedisScript(`
if redis.call('HDEL', KEYS[3], ARGV[1]) == 0 then return 0 end
local length = redis.call('RPUSH', KEYS[1], ARGV[3])
if length == 1 then redis.call('SADD', KEYS[2], ARGV[2]) end
return length`),
} as const;
