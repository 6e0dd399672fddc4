import type { ChatRateLimiter } from '../chat/chat-rate-limiter.js';
import type { RateLimitOptions } from '../config/rate-limit.options.js';
import type { ErrorDescriber } from '../errors/index.js';
import type { AgentStore } from './agent-store.js';
import type { FileStore } from './file-store.js';
import type { Lease } from './lease.js';
import type { TtlStore } from './ttl-store.js';

/** Where a bot keeps what all its desks share. */
export abstract class BotStorage {
  /**
   * A lease that one process of the bot holds at a time.
   *
   * @param lifeMs How long it lives without renewal, for example after its process was killed.
   */
  abstract lease(name: string, lifeMs: number): Lease;

  /** The rate limiter of the bot, for all chats together. */
  abstract rateLimiter(options: RateLimitOptions, errors?: ErrorDescriber): ChatRateLimiter;

  /**
   * A store of files, each of which is kept for `lifeMs`.
   *
   * @param mostBytes The size of the largest file.
   */
  abstract fileStore(lifeMs: number, mostBytes: number): FileStore;

  /** A store of short texts, each of which is kept for `lifeMs`. Stores of different names are separate. */
  abstract ttlStore(name: string, lifeMs: number): TtlStore;

  /** Who is who in the app, and on duty. */
  abstract agents(): AgentStore;

  /** The fingerprint of the webhook that the bot registered last; null when none is stored. */
  abstract loadWebhookFingerprint(): Promise<string | null>;

  /** Stores the fingerprint of the webhook that is registered now. */
  abstract saveWebhookFingerprint(fingerprint: string): Promise<void>;
}
