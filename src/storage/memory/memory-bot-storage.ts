import type { ChatRateLimiter } from '../../chat/chat-rate-limiter.js';
import type { Clock } from '../../common/clock.js';
import type { RateLimitOptions } from '../../config/rate-limit.options.js';
import { TtlMap } from '../../common/ttl-map.js';
import { BotStorage } from '../bot-storage.js';
import type { AgentStore } from '../agent-store.js';
import type { FileStore } from '../file-store.js';
import type { Lease } from '../lease.js';
import type { TtlStore } from '../ttl-store.js';
import { LocalLease } from './local-lease.js';
import { MemoryAgentStore } from './memory-agent-store.js';
import { MemoryChatRateLimiter } from './memory-chat-rate-limiter.js';
import { MemoryFileStore } from './memory-file-store.js';
import { MemoryTtlStore } from './memory-ttl-store.js';

/** Keeps everything in the memory of this process, until it ends. */
export class MemoryBotStorage extends BotStorage {
  readonly #clock: Clock;
  #webhookFingerprint: string | null = null;

  constructor(clock: Clock) {
    super();
    this.#clock = clock;
  }

  lease(): Lease {
    return new LocalLease();
  }

  rateLimiter(options: RateLimitOptions): ChatRateLimiter {
    return new MemoryChatRateLimiter(this.#clock, options);
  }

  fileStore(lifeMs: number): FileStore {
    return new MemoryFileStore(new TtlMap(this.#clock, lifeMs));
  }

  ttlStore(_name: string, lifeMs: number): TtlStore {
    return new MemoryTtlStore(new TtlMap(this.#clock, lifeMs));
  }

  agents(): AgentStore {
    return new MemoryAgentStore(this.#clock);
  }

  loadWebhookFingerprint(): Promise<string | null> {
    return Promise.resolve(this.#webhookFingerprint);
  }

  saveWebhookFingerprint(fingerprint: string): Promise<void> {
    this.#webhookFingerprint = fingerprint;
    return Promise.resolve();
  }
}
