import { RedisScript } from '../redis/redis-script.js';

/** What a script says of the line of lanes that are ready, `LineState` in words. */
export const LINE_IS_EMPTY = 0;
/** Lanes are ready, and a job that waits in BullMQ's list will have somebody look. */
export const LINE_IS_HEEDED = 1;
/** Lanes are ready, and no job waits. */
export const LINE_IS_UNHEEDED = 2;
/** What is read of a lane for one turn: more than a message to Telegram takes, which is 32 kB. Its first item always is. */
const TURN_BYTES = 65_536;
/** How many names of lanes are read of each place when a process ends. */
const MOST_NAMES = 1_000;
/** In place of a state: another worker has taken the shift over. */
export const SHIFT_IS_LOST = -1;

/**
 * What the scripts share. The first key is what all keys of the queue begin with; it holds a hash tag,
 * so that a cluster runs them where all of those are. It never exists, and the second one always does
 * once there is anything: so while a cluster moves them elsewhere, no script runs on half of them.
 *
 * - `lane:<name>`, a list: the items of a lane, each with its urgency in front of its JSON.
 * - `ready`, a sorted set: lanes that wait for a worker, by urgency and then by turn.
 * - `later`, a sorted set: lanes whose first item has failed, by when it is tried again, in Redis's own time.
 * - `held`, a hash: for each lane that is being worked on its job, its place in the line, the call that
 *   dealt it, and how many items have been taken off since.
 * - `shifts`, a hash: for each job the fence, which whoever had it before does not know, and its last call.
 * - `rest`: there while all lanes are to be left alone.
 *
 * A user may lose a right between two commands of a script, which is not undone then. So whatever moves is
 * first added where it goes, and then taken from where it was: it may be there twice, and is never lost.
 *
 * A lane that holds items is in exactly one of `ready`, `later` and `held`. A client that loses its
 * connection sends again what it has no answer to, so every script does the same when it comes twice:
 * items are counted from when the lane was dealt, and a call that was answered is answered again.
 */
const SHARED = `
local prefix = KEYS[1]
local ready, later, held, shifts = prefix .. 'ready', prefix .. 'later', prefix .. 'held', prefix .. 'shifts'
local function listOf(lane) return prefix .. 'lane:' .. lane end
local function lineUp(lane, item)
  local head = redis.call('LINDEX', listOf(lane), 0) or item
  if not head then return end
  local turn = redis.call('INCR', KEYS[2])
  redis.call('ZADD', ready, tonumber(string.match(head, '^%d+')) * 2^43 + turn, lane)
end
local function append(lane, item)
  local isFirst = redis.call('EXISTS', listOf(lane)) == 0
  if isFirst and redis.call('HEXISTS', held, lane) == 0 then lineUp(lane, item) end
  redis.call('RPUSH', listOf(lane), item)
end
-- By Redis's own clock: those of the processes differ.
local function nowMs()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
local function callDue()
  for _, lane in ipairs(redis.call('ZRANGEBYSCORE', later, '-inf', nowMs(), 'LIMIT', 0, 1000)) do
    lineUp(lane)
    redis.call('ZREM', later, lane)
  end
end
local function state()
  if redis.call('ZCARD', ready) == 0 then return ${LINE_IS_EMPTY} end
  return redis.call('LLEN', prefix .. 'wait') > 0 and ${LINE_IS_HEEDED} or ${LINE_IS_UNHEEDED}
end
-- In how many milliseconds the next lane is due; -1 when none waits.
local function dueInMs()
  local first = redis.call('ZRANGE', later, 0, 0, 'WITHSCORES')
  return first[2] and math.max(0, first[2] - nowMs()) or -1
end
local function restMs() return redis.call('PTTL', prefix .. 'rest') end
local function lastCallOf(job, fence)
  local known, call = string.match(redis.call('HGET', shifts, job) or '', '^(%S+) (%S+)$')
  return known == fence and call
end
-- A call may come late, when another worker has had the job for long. BullMQ keeps the lock of a job beside it.
local function isLockedByOthers(job, token)
  local lock = redis.call('GET', prefix .. job .. ':lock')
  return lock and lock ~= token
end
local function holding(lane)
  return string.match(redis.call('HGET', held, lane) or '', '^(%S+) (%S+) (%S+) (%S+)$')
end
local function hold(lane, job, place, call, taken)
  redis.call('HSET', held, lane, job .. ' ' .. place .. ' ' .. call .. ' ' .. taken)
end
local function isTaken(lane, total)
  local _, _, _, taken = holding(lane)
  return tonumber(total) <= tonumber(taken)
end
local function takeOff(lane, total)
  if isTaken(lane, total) then return end
  local job, place, call, taken = holding(lane)
  hold(lane, job, place, call, total)
  redis.call('LTRIM', listOf(lane), total - taken, -1)
end
local function putBack(lane, place)
  if redis.call('EXISTS', listOf(lane)) == 1 then redis.call('ZADD', ready, place, lane) end
  redis.call('HDEL', held, lane)
end
local function giveBack(isGone)
  for _, lane in ipairs(redis.call('HKEYS', held)) do
    local job, place = holding(lane)
    if isGone(job) then putBack(lane, place) end
  end
end
-- No more than one turn can use, which may be little of what has been pushed.
local function firstOf(lane, size)
  local texts, bytes = {}, 0
  for i = 0, size - 1 do
    local text = bytes < ${TURN_BYTES} and redis.call('LINDEX', listOf(lane), i)
    if not text then return texts end
    texts[#texts + 1] = text
    bytes = bytes + #text
  end
  return texts
end
local function deal(job, call, room, size)
  callDue()
  local dealt = {}
  if tonumber(room) == 0 or restMs() > 0 then return dealt end
  local lanes = redis.call('ZRANGE', ready, 0, room - 1, 'WITHSCORES')
  for i = 1, #lanes, 2 do
    local items = firstOf(lanes[i], size)
    if #items > 0 then
      hold(lanes[i], job, lanes[i + 1], call, 0)
      dealt[#dealt + 1] = { lanes[i], items }
    end
    redis.call('ZREM', ready, lanes[i])
  end
  return dealt
end
local function dealAgain(job, call, size)
  local dealt = {}
  for _, lane in ipairs(redis.call('HKEYS', held)) do
    local holder, _, dealtBy = holding(lane)
    if holder == job and dealtBy == call then
      dealt[#dealt + 1] = { lane, firstOf(lane, size) }
    end
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
  local isNew = redis.call('EXISTS', prefix .. 'seen:' .. ARGV[i]) == 0
  if isNew then
    append(ARGV[i + 1], ARGV[i + 2])
    redis.call('SET', prefix .. 'seen:' .. ARGV[i], '1', 'EX', ARGV[1])
  end
  answer[#answer + 1] = isNew and 1 or 0
end
answer[1] = state()
return answer`),

  /**
   * Begins a shift, with the lanes of whoever had its job before given back.
   * ARGV: job, fence, how many lanes, how many items of each, the token of the job's lock.
   * The state of the line; lanes with their items; for how long all lanes are to be left alone; in how many milliseconds
   * the next one is due.
   */
  begin: draining(`
local job, fence, room, size, token = unpack(ARGV)
if isLockedByOthers(job, token) then return { ${SHIFT_IS_LOST} } end
giveBack(function(holder) return holder == job end)
local dealt = deal(job, '0', room, size)
local isNeeded = #dealt > 0 or (dueInMs() >= 0 and restMs() <= 0)
if isNeeded then redis.call('HSET', shifts, job, fence .. ' 0') else redis.call('HDEL', shifts, job) end
return { state(), dealt, restMs(), dueInMs() }`),

  /**
   * Hands lanes back and deals further ones. ARGV: job, fence, how many lanes, how many items of each, the number of this
   * call in the shift, '1' to end the shift if there are none; of each lane that is handed back its name, how many of its items have been done since it was dealt, and its place: 'last' in the line, 'first' in it
   * after so many milliseconds in which all lanes are left alone, or 'later', after so many milliseconds.
   * The same as when it begins.
   */
  turn: draining(`
local job, fence, room, size, call, ends = unpack(ARGV, 1, 6)
local lastCall = lastCallOf(job, fence)
if not lastCall then return { ${SHIFT_IS_LOST} } end
if lastCall == call then return { state(), dealAgain(job, call, size), restMs(), dueInMs() } end
-- A Redis that has lost its last writes knows neither the call before this one nor what that dealt.
if tonumber(call) ~= tonumber(lastCall) + 1 then return { ${SHIFT_IS_LOST} } end
for i = 7, #ARGV, 4 do if holding(ARGV[i]) ~= job then return { ${SHIFT_IS_LOST} } end end
for i = 7, #ARGV, 4 do
  local lane, total, place, ms = unpack(ARGV, i, i + 3)
  local _, former = holding(lane)
  takeOff(lane, total)
  if place == 'first' then putBack(lane, former) end
  if place == 'last' then lineUp(lane) end
  if place == 'later' and redis.call('EXISTS', listOf(lane)) == 1 then redis.call('ZADD', later, nowMs() + ms, lane) end
  if place ~= 'first' then redis.call('HDEL', held, lane) end
  if place == 'first' and tonumber(ms) > math.max(0, restMs()) then
    redis.call('SET', prefix .. 'rest', '1', 'PX', ms)
  end
end
local dealt = deal(job, call, room, size)
if ends == '1' and #dealt == 0 then redis.call('HDEL', shifts, job) else redis.call('HSET', shifts, job, fence .. ' ' .. call) end
return { state(), dealt, restMs(), dueInMs() }`),

  /** Takes items off a lane that goes on being worked on. ARGV: job, fence, lane, how many since it was dealt, new head or ''. */
  complete: draining(`
if not lastCallOf(ARGV[1], ARGV[2]) or holding(ARGV[3]) ~= ARGV[1] then return ${SHIFT_IS_LOST} end
takeOff(ARGV[3], ARGV[4])
if ARGV[5] ~= '' then redis.call('LSET', listOf(ARGV[3]), 0, ARGV[5]) end
return 0`),

  /** Makes an item a dead letter. ARGV: job, fence, lane, the how manyeth it is since the lane was dealt, id, letter, when it died. */
  bury: draining(`
if not lastCallOf(ARGV[1], ARGV[2]) or holding(ARGV[3]) ~= ARGV[1] then return ${SHIFT_IS_LOST} end
if not isTaken(ARGV[3], ARGV[4]) then
  redis.call('ZADD', prefix .. 'died', ARGV[7], ARGV[5])
  redis.call('HSET', prefix .. 'dead', ARGV[5], ARGV[6])
end
takeOff(ARGV[3], ARGV[4])
return 0`),

  /** Puts a dead letter back. ARGV: id, lane, item. Whether there was one; the state of the line. */
  revive: script(`
local isThere = redis.call('HEXISTS', prefix .. 'dead', ARGV[1])
if isThere == 1 then
  append(ARGV[2], ARGV[3])
  redis.call('HDEL', prefix .. 'dead', ARGV[1])
end
redis.call('ZREM', prefix .. 'died', ARGV[1])
return { isThere, state() }`),

  /**
   * Gives the lanes of a shift back that has no worker any more. ARGV: job, the token of the job's lock, or '' when BullMQ
   * does not know the job. The state of the line.
   */
  abandon: draining(`
local isKnown = ARGV[2] == '' and redis.call('EXISTS', prefix .. ARGV[1]) == 1
if isKnown or isLockedByOthers(ARGV[1], ARGV[2]) then return state() end
giveBack(function(job) return job == ARGV[1] end)
redis.call('HDEL', shifts, ARGV[1])
return state()`),

  /** The state of the line, with the lanes in it that are due, and those of no shift. */
  look: draining(`
giveBack(function(job) return redis.call('HEXISTS', shifts, job) == 0 end)
callDue()
return state()`),

  /** Redis's time, in milliseconds since the epoch. */
  now: script(`return nowMs()`),

  /** The names of lanes that hold items, the first thousand of each place. */
  lanes: script(`
local names = {}
for _, lanes in ipairs({ redis.call('ZRANGE', ready, 0, ${MOST_NAMES - 1}), redis.call('ZRANGE', later, 0, ${MOST_NAMES - 1}), redis.call('HKEYS', held) }) do
  for _, lane in ipairs(lanes) do
    if redis.call('EXISTS', listOf(lane)) == 1 then names[#names + 1] = lane end
  end
end
return names`),
} as const;

function script(lua: string): RedisScript {
  return new RedisScript(SHARED + lua);
}

/** One that takes items off lanes, or leads to that. */
function draining(lua: string): RedisScript {
  return RedisScript.evenWhenFull(SHARED + lua);
}
