import { RedisScript } from '../../redis/redis-script.js';

/*
 * KEYS of all scripts: thread (hash), log (stream of the messages in their present form, the id of an entry is
 * `<changed>-0`), index (hash: id of a message to `changed`), numbers (sorted set: ids of messages by `number`), agents
 * (the same of agents' messages that are not deleted).
 */

/** Takes the next number. */
const CHANGE = `
local function change()
  local number = redis.call('HINCRBY', KEYS[1], 'lastNumber', 1)
  redis.call('HSET', KEYS[1], 'updatedAt', ARGV[2])
  return number
end
local function renew(ttl)
  for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ttl) end
end`;

/** The fields of the thread, and how many messages of agents are unread. */
const READ = `
local function thread()
  local fields = redis.call('HGETALL', KEYS[1])
  local mark = redis.call('HGET', KEYS[1], 'readByCustomer') or 0
  return { fields, redis.call('ZCOUNT', KEYS[5], '(' .. mark, '+inf') }
end`;

const ENTRY = `
local function entry(id)
  local changed = redis.call('HGET', KEYS[3], id)
  if not changed then return nil end
  return redis.call('XRANGE', KEYS[2], changed .. '-0', changed .. '-0')[1]
end`;

/** Returns the thread. */
export const READ_THREAD = new RedisScript(`${READ}
return thread()`);

/** ARGV: ttl, fields of a new thread. Returns the thread. */
export const CREATE_THREAD = new RedisScript(`${CHANGE}${READ}
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('DEL', KEYS[2], KEYS[3], KEYS[4], KEYS[5])
  redis.call('HSET', KEYS[1], unpack(ARGV, 2))
  renew(ARGV[1])
end
return thread()`);

/**
 * ARGV: ttl, now, most messages, id, message as JSON, kind of author. Returns the customer, whether the message is new, its
 * number and, unless it is new, its entry.
 */
export const APPEND = new RedisScript(`${CHANGE}${ENTRY}
local customer = redis.call('HGET', KEYS[1], 'customerId')
if not customer then return nil end
local known = entry(ARGV[4])
if known then return { customer, 0, 0, known } end
local number = change()
redis.call('XADD', KEYS[2], number .. '-0', 'number', number, 'message', ARGV[5])
redis.call('HSET', KEYS[3], ARGV[4], number)
redis.call('ZADD', KEYS[4], number, ARGV[4])
if ARGV[6] == 'agent' then redis.call('ZADD', KEYS[5], number, ARGV[4]) end
while redis.call('ZCARD', KEYS[4]) > tonumber(ARGV[3]) do
  local oldest = redis.call('ZPOPMIN', KEYS[4])[1]
  local changed = redis.call('HGET', KEYS[3], oldest)
  if changed then redis.call('XDEL', KEYS[2], changed .. '-0') end
  redis.call('HDEL', KEYS[3], oldest)
  redis.call('ZREM', KEYS[5], oldest)
end
renew(ARGV[1])
return { customer, 1, number }`);

/**
 * ARGV: ttl, now, id, the `changed` that the caller has read, number, message as JSON, 1 when it is a tombstone. Returns
 * the customer and the new `changed`; 0 in its place when somebody else has changed the message.
 */
export const REPLACE = new RedisScript(`${CHANGE}
local customer = redis.call('HGET', KEYS[1], 'customerId')
if not customer then return nil end
if redis.call('HGET', KEYS[3], ARGV[3]) ~= ARGV[4] then return { customer, 0 } end
local changed = change()
redis.call('XADD', KEYS[2], changed .. '-0', 'number', ARGV[5], 'message', ARGV[6])
redis.call('XDEL', KEYS[2], ARGV[4] .. '-0')
redis.call('HSET', KEYS[3], ARGV[3], changed)
if ARGV[7] == '1' then redis.call('ZREM', KEYS[5], ARGV[3]) end
renew(ARGV[1])
return { customer, changed }`);

/** ARGV: id. Returns the entry. */
export const FIND = new RedisScript(`${ENTRY}
return entry(ARGV[1])`);

/** ARGV: the number below which they are, limit. Returns the entries, the newest first. */
export const LIST_BEFORE = new RedisScript(`${ENTRY}
local ids = redis.call('ZREVRANGEBYSCORE', KEYS[4], ARGV[1], '-inf', 'LIMIT', 0, ARGV[2])
local entries = {}
for _, id in ipairs(ids) do entries[#entries + 1] = entry(id) end
return entries`);

/** ARGV: ttl, now, field of the mark, where to move it. Returns the thread. */
export const MARK_READ = new RedisScript(`${CHANGE}${READ}
if redis.call('EXISTS', KEYS[1]) == 0 then return nil end
local present = tonumber(redis.call('HGET', KEYS[1], ARGV[3]))
local newest = redis.call('ZREVRANGE', KEYS[4], 0, 0, 'WITHSCORES')[2] or 0
local wanted = math.min(tonumber(ARGV[4]), tonumber(newest))
if wanted > present then
  redis.call('HSET', KEYS[1], 'changed', change(), ARGV[3], wanted)
  renew(ARGV[1])
end
return thread()`);

/** ARGV: ttl, now, fields to set. Returns the thread. */
export const UPDATE_THREAD = new RedisScript(`${CHANGE}${READ}
if redis.call('EXISTS', KEYS[1]) == 0 then return nil end
local differs = false
for i = 3, #ARGV, 2 do
  if redis.call('HGET', KEYS[1], ARGV[i]) ~= ARGV[i + 1] then differs = true end
end
if differs then
  redis.call('HSET', KEYS[1], 'changed', change(), unpack(ARGV, 3))
  renew(ARGV[1])
end
return thread()`);
