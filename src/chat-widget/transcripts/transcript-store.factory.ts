import type { BotInternals } from '../../bot-internals.js';
import { MemoryTranscriptStore } from './memory-transcript-store.js';
import { RedisTranscriptKeys } from './redis-transcript-keys.js';
import { RedisTranscriptStore } from './redis-transcript-store.js';
import type { TranscriptLimits } from './transcript-limits.js';
import type { TranscriptStore } from './transcript-store.js';

/** The store of a chat that has none of the app: in the Redis of its bot, or in the memory of the process. */
export function createTranscriptStore(
  { redis, readiness, clock, chatKeyPrefix }: BotInternals,
  limits: TranscriptLimits,
): TranscriptStore {
  if (!redis) return new MemoryTranscriptStore(clock, limits);
  const keys = new RedisTranscriptKeys(chatKeyPrefix);
  readiness?.alsoTry(keys.needs);
  return new RedisTranscriptStore(redis.client, keys, clock, limits);
}
