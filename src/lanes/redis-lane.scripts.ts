import { RedisScript } from '../redis/redis.script.js';

/** What a script says of the line of lanes that are ready, `LineState` in words. */
export const LINE_IS_EMPTY = 0;
/** Lanes are ready, and a job that waits in BullMQ's list will have somebody look. */
export const LINE_IS_HEEDED = 1;
/** Lanes are ready, and no job waits. */
export const LINE_IS_UNHEEDED = 2;
/** In place of a state: another worker has taken the shift over. */
export const SHIFT_IS_LOST = -1;

/**
 * What the scripts share. Their one key is what all keys of the queue begin with; it holds a hash tag,
 * so that a cluster runs them where all of those are.
 *
 * - `lane:<name>`, a list: the items of a lane, each with its urgency in front of its JSON.
 * - `ready`, a sorted set: lanes that wait for a worker, by urgency and then by turn.
 * - `later`, a sorted set: lanes whose first item has failed, by when it is tried again.
 * - `held`, a hash: for each lane that is being worked on its shift, and its place in the line.
 * - `shifts`, a hash: what the worker of each shift knows, and whoever had it before does not.
 * - `rest`: there while all lanes are to be left alone.
 *
 * A lane that holds items is in exactly one of `ready`, `later` and `held`.
 */
const SHARED = `
local prefix = KEYS[1]
local ready, later, held, shifts = prefix .. 'ready', prefix .. 'later', prefix .. 'held', prefix .. 'shifts'
local function listOf(lane) return prefix .. 'lane:' .. lane end
local function lineUp(lane)
  local head = redis.call('LINDEX', listOf(lane), 0)
  if not head then return end
  local turn = redis.call('INCR', prefix .. 'turns')
  redis.call('ZADD', ready, tonumber(string.match(head, '^%d+')) * 2^43 + turn, lane)
end
local function append(lane, item)
  local isFirst = redis.call('RPUSH', listOf(lane), item) == 1
  if isFirst and redis.call('HEXISTS', held, lane) == 0 then lineUp(lane) end
end
local function callDue(nowMs)
  for _, lane in ipairs(redis.call('ZRANGEBYSCORE', later, '-inf', nowMs)) do
    redis.call('ZREM', later, lane)
    lineUp(lane)
  end
end
local function state()
  if redis.call('ZCARD', ready) == 0 then return ${LINE_IS_EMPTY} end
  return redis.call('LLEN', prefix .. 'wait') > 0 and ${LINE_IS_HEEDED} or ${LINE_IS_UNHEEDED}
end
local function isLost(job, fence) return redis.call('HGET', shifts, job) ~= fence end
local function giveBack(job)
  local entries = redis.call('HGETALL', held)
  for i = 1, #entries, 2 do
    local holder, score = string.match(entries[i + 1], '^(%S+) (%S+)$')
    if holder == job then
      redis.call('HDEL', held, entries[i])
      if redis.call('EXISTS', listOf(entries[i])) == 1 then redis.call('ZADD', ready, score, entries[i]) end
    end
  end
end
local function deal(nowMs, job, room, size)
  local dealt = {}
  if tonumber(room) == 0 or redis.call('EXISTS', prefix .. 'rest') == 1 then return dealt end
  callDue(nowMs)
  local lanes = redis.call('ZPOPMIN', ready, room)
  for i = 1, #lanes, 2 do
    redis.call('HSET', held, lanes[i], job .. ' ' .. lanes[i + 1])
    dealt[#dealt + 1] = { lanes[i], redis.call('LRANGE', listOf(lanes[i]), 0, size - 1) }
  end
  return dealt
end
`;

/** What happens to lanes in Redis, in one step each. */
export const LANE_SCRIPTS = {
  /**
   * Appends items. ARGV: seconds to know their ids; of each item its id, its lane and its text.
   * The state of the line; of each item whether its id is new.
   */
  push: script(`
local answer = { 0 }
for i = 2, #ARGV, 3 do
  local isNew = redis.call('SET', prefix .. 'seen:' .. ARGV[i], '1', 'NX', 'EX', ARGV[1])
  if isNew then append(ARGV[i + 1], ARGV[i + 2]) end
  answer[#answer + 1] = isNew and 1 or 0
end
answer[1] = state()
return answer`),

  /**
   * Begins a shift, with the lanes of whoever had its job before given back.
   * ARGV: job, fence, milliseconds since the epoch, how many lanes, how many items of each.
   * The state of the line; lanes with their items; for how long all lanes are to be left alone.
   */
  begin: script(`
giveBack(ARGV[1])
local dealt = deal(ARGV[3], ARGV[1], ARGV[4], ARGV[5])
if #dealt > 0 then redis.call('HSET', shifts, ARGV[1], ARGV[2]) else redis.call('HDEL', shifts, ARGV[1]) end
return { state(), dealt, redis.call('PTTL', prefix .. 'rest') }`),

  /**
   * Hands lanes back and deals further ones. ARGV: job, fence, milliseconds since the epoch, how many lanes, how many items
   * of each, '1' to end the shift if there are none; of each lane that is handed back its name, how many of its items are
   * done, and its place: 'last' in the line, 'first' in it after so many milliseconds in which all lanes are left alone,
   * or 'later', from then on.
   * The state of the line; lanes with their items.
   */
  turn: script(`
local job, fence, nowMs, room, size, ends = unpack(ARGV, 1, 6)
if isLost(job, fence) then return { ${SHIFT_IS_LOST} } end
for i = 7, #ARGV, 4 do
  local lane, done, place, ms = unpack(ARGV, i, i + 3)
  if done ~= '0' then redis.call('LTRIM', listOf(lane), done, -1) end
  local score = string.match(redis.call('HGET', held, lane), '(%S+)$')
  redis.call('HDEL', held, lane)
  if place == 'last' or redis.call('EXISTS', listOf(lane)) == 0 then lineUp(lane)
  elseif place == 'later' then redis.call('ZADD', later, ms, lane)
  else
    redis.call('ZADD', ready, score, lane)
    if redis.call('PTTL', prefix .. 'rest') < tonumber(ms) then redis.call('SET', prefix .. 'rest', '1', 'PX', ms) end
  end
end
local dealt = deal(nowMs, job, room, size)
if ends == '1' and #dealt == 0 then redis.call('HDEL', shifts, job) end
return { state(), dealt }`),

  /** Takes items off a lane that goes on being worked on. ARGV: job, fence, lane, how many, new head or ''. */
  complete: script(`
if isLost(ARGV[1], ARGV[2]) then return ${SHIFT_IS_LOST} end
if ARGV[4] ~= '0' then redis.call('LTRIM', listOf(ARGV[3]), ARGV[4], -1) end
if ARGV[5] ~= '' then redis.call('LSET', listOf(ARGV[3]), 0, ARGV[5]) end
return 0`),

  /** Makes the first item of a lane a dead letter. ARGV: job, fence, lane, id, letter. */
  bury: script(`
if isLost(ARGV[1], ARGV[2]) then return ${SHIFT_IS_LOST} end
redis.call('LPOP', listOf(ARGV[3]))
redis.call('HSET', prefix .. 'dead', ARGV[4], ARGV[5])
return 0`),

  /** Puts a dead letter back. ARGV: id, lane, item. Whether there was one; the state of the line. */
  revive: script(`
local isThere = redis.call('HDEL', prefix .. 'dead', ARGV[1])
if isThere == 1 then append(ARGV[2], ARGV[3]) end
return { isThere, state() }`),

  /** Gives the lanes of a shift back that has no worker any more. ARGV: job. The state of the line. */
  abandon: script(`
giveBack(ARGV[1])
redis.call('HDEL', shifts, ARGV[1])
return state()`),

  /** The state of the line, with the lanes in it that are due. ARGV: milliseconds since the epoch. */
  look: script(`
callDue(ARGV[1])
return state()`),

  /** The names of the lanes that hold items. */
  lanes: script(`
local names = {}
for _, lanes in ipairs({ redis.call('ZRANGE', ready, 0, -1), redis.call('ZRANGE', later, 0, -1), redis.call('HKEYS', held) }) do
  for _, lane in ipairs(lanes) do
    if redis.call('EXISTS', listOf(lane)) == 1 then names[#names + 1] = lane end
  end
end
return names`),
} as const;

function script(lua: string): RedisScript {
  return new RedisScript(SHARED + lua);
}
