import { RedisScript } from '../redis/redis-script.js';

/**
 * What happens to dead letters in Redis. KEYS: dead, a hash of letters by the ids of their items; died,
 * a sorted set of these ids by when they died, so that nobody has to read all letters to find the oldest.
 */
export const DEAD_SCRIPTS = {
  /**
   * Takes up letters that stand in no order yet, as versions before left them. ARGV: where to go on, how many to look at.
   * Where to go on then; '0' at the end.
   */
  index: new RedisScript(`
local found = redis.call('HSCAN', KEYS[1], ARGV[1], 'COUNT', ARGV[2])
for i = 1, #found[2], 2 do
  local diedAtMs = string.match(found[2][i + 1], '"failedAtMs":(%d+)[%d.]*}$') or 0
  redis.call('ZADD', KEYS[2], 'NX', diedAtMs, found[2][i])
end
return found[1]`),

  /** Forgets letters. ARGV: ids. How many there were. */
  discard: new RedisScript(`
redis.call('ZREM', KEYS[2], unpack(ARGV))
return redis.call('HDEL', KEYS[1], unpack(ARGV))`),

  /** Forgets the oldest letters. ARGV: the time before which they died, how many at most. How many these were. */
  forget: new RedisScript(`
local ids = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', '(' .. ARGV[1], 'LIMIT', 0, ARGV[2])
if #ids == 0 then return 0 end
redis.call('ZREM', KEYS[2], unpack(ids))
redis.call('HDEL', KEYS[1], unpack(ids))
return #ids`),
} as const;
