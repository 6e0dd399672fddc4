/** A command and the arguments after its key. */
export type OnKey = readonly [command: string, ...args: string[]];

/** Placeholder for the key, where a command takes it a second time. */
export const SAME_KEY = '<key>';

/**
 * The commands that the module and BullMQ use, directly and in scripts. The first one stores a string under the
 * key, for 10 s; the others fail on a string or leave it as it is; the last two remove it.
 */
export const COMMANDS_ON_KEYS: readonly OnKey[] = [
  ['SET', 'probe', 'PX', '10000'],
  ['GET'],
  ['GETEX', 'PX', '10000'],
  ['EXISTS'],
  ['PTTL'],
  ['PEXPIRE', '10000'],
  ['PERSIST'],
  ['INCR'],
  ['HSET', 'field', 'value'],
  ['HSETNX', 'field', 'value'],
  ['HMSET', 'field', 'value'],
  ['HGET', 'field'],
  ['HMGET', 'field'],
  ['HGETALL'],
  ['HKEYS'],
  ['HLEN'],
  ['HSCAN', '0'],
  ['HEXISTS', 'field'],
  ['HINCRBY', 'field', '1'],
  ['HDEL', 'field'],
  ['RPUSH', 'value'],
  ['LPUSH', 'value'],
  ['LLEN'],
  ['LRANGE', '0', '0'],
  ['LINDEX', '0'],
  ['LPOP'],
  ['LPOS', 'value'],
  ['LSET', '0', 'value'],
  ['LREM', '0', 'value'],
  ['LTRIM', '0', '-1'],
  ['RPOPLPUSH', SAME_KEY],
  ['SADD', 'value'],
  ['SCARD'],
  ['SMEMBERS'],
  ['SSCAN', '0'],
  ['SREM', 'value'],
  ['ZADD', '0', 'value'],
  ['ZCARD'],
  ['ZRANGE', '0', '0'],
  ['ZRANGEBYSCORE', '0', '0'],
  ['ZREM', 'value'],
  ['ZREMRANGEBYSCORE', '0', '0'],
  ['ZPOPMIN'],
  ['BZPOPMIN', '0.01'],
  ['XADD', '*', 'field', 'value'],
  ['XTRIM', 'MAXLEN', '0'],
  ['UNLINK'],
  ['DEL'],
];

/** The commands that show whether keys with a further prefix may be used. */
export const READ_AND_WRITE: readonly OnKey[] = [['SET', 'probe', 'PX', '10000'], ['GET'], ['DEL']];

/** What {@link RedisProbe} tries under a further prefix, because a part of the module is used that others do without. */
export interface RedisNeed {
  readonly prefix: string;
  readonly commands: readonly OnKey[];
}

/** What the chat uses that nothing else does. */
export const CHAT_COMMANDS: readonly OnKey[] = [
  ['SET', 'probe', 'PX', '10000'],
  ['GET'],
  ['ZCOUNT', '0', '0'],
  ['ZREVRANGE', '0', '0'],
  ['ZREVRANGEBYSCORE', '0', '0'],
  ['XRANGE', '-', '+'],
  ['XDEL', '1-0'],
  ['DEL'],
];
