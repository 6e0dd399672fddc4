import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { Clock } from '../../../src/common/clock.js';
import { MemoryTranscriptStore } from '../../../src/chat-widget/transcripts/memory-transcript-store.js';
import { RedisTranscriptKeys } from '../../../src/chat-widget/transcripts/redis-transcript-keys.js';
import { RedisTranscriptStore } from '../../../src/chat-widget/transcripts/redis-transcript-store.js';
import type { TranscriptLimits } from '../../../src/chat-widget/transcripts/transcript-limits.js';

const DAY_MS = 24 * 60 * 60 * 1000;

export const LIMITS: TranscriptLimits = { retentionMs: 90 * DAY_MS, maxMessages: 1_000 };

export function memoryStore(
  clock: Clock,
  limits: Partial<TranscriptLimits> = {},
  mostThreads?: number,
) {
  return new MemoryTranscriptStore(clock, { ...LIMITS, ...limits }, mostThreads);
}

/** A Redis with keys that nothing else uses, which {@link close} removes. */
export class TranscriptRedis {
  readonly client: Redis;
  readonly prefix = `test:${randomUUID()}:tg:chat:1`;
  readonly keys = new RedisTranscriptKeys(this.prefix);

  constructor(url: string) {
    this.client = new Redis(url, { enableAutoPipelining: true });
  }

  store(clock: Clock, limits: Partial<TranscriptLimits> = {}, client = this.client) {
    return new RedisTranscriptStore(client, this.keys, clock, { ...LIMITS, ...limits });
  }

  allKeys(): Promise<string[]> {
    return this.client.keys(`${this.prefix}*`);
  }

  async close(): Promise<void> {
    const keys = await this.allKeys();
    if (keys.length > 0) await this.client.del(...keys);
    this.client.disconnect();
  }
}
