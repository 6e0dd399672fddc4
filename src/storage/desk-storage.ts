import type { HandlerRegistry } from '../replies/handler-registry.js';
import type { ErrorDescriber } from '../errors/index.js';
import type { InboundEvent, InboundProgress } from '../inbound/inbound-event.interface.js';
import type { OrderedQueue, OrderedQueueOptions } from '../queue/ordered-queue.js';
import type { Lease } from './lease.js';
import type { ChatRateLimiter } from '../chat/chat-rate-limiter.js';
import type { RateLimitOptions } from '../config/rate-limit.options.js';
import type { OutboundJob, OutboundProgress } from '../outbound/outbound-job.interface.js';
import type { TtlStore } from './ttl-store.js';

/** Where a desk keeps what waits and what it must not forget. */
export abstract class DeskStorage {
  /** Whether it outlives this process and is shared with the others. */
  abstract readonly isDurable: boolean;

  /** The queue of events from Telegram. */
  abstract inbox(
    options: OrderedQueueOptions<InboundEvent, InboundProgress>,
  ): OrderedQueue<InboundEvent, InboundProgress>;

  /**
   * Which reply handlers the processes of the desk have.
   *
   * @param lifeMs How long a handler is known after it was published last.
   */
  abstract handlers(lifeMs: number): HandlerRegistry;

  /** The queue of what is to be posted in the admin chat. */
  abstract outbox(
    options: OrderedQueueOptions<OutboundJob, OutboundProgress>,
  ): OrderedQueue<OutboundJob, OutboundProgress>;

  /** What Telegram lets the admin chat receive. */
  abstract chatRateLimiter(options: RateLimitOptions, errors?: ErrorDescriber): ChatRateLimiter;

  /** Short texts that are kept for `lifeMs` each, under a name of their own. */
  abstract ttlStore(name: string, lifeMs: number): TtlStore;

  /** The supergroup that the admin chat has become; null when it has not. */
  abstract loadMovedChat(): Promise<number | null>;

  /** The ids that a supergroup had as a group, as far as any desk of the bot's has seen it. */
  abstract loadFormerChats(chatId: number): Promise<readonly number[]>;

  /** Remembers the supergroup that the admin chat has become, and which group it was; null if that is not known. */
  abstract saveMovedChat(chatId: number, formerId: number | null): Promise<void>;

  /**
   * A right that one process of the bot's has at a time.
   *
   * @param lifeMs How long the right of a process that has died keeps the others from it.
   */
  abstract lease(name: string, lifeMs: number): Lease;

  /** The fingerprint of the webhook that the bot registered last; null when none is known. */
  abstract loadWebhookFingerprint(): Promise<string | null>;

  /** Remembers the fingerprint of the webhook that is registered now. */
  abstract saveWebhookFingerprint(fingerprint: string): Promise<void>;

  /** Called when the queues are closed. */
  abstract close(): Promise<void>;
}
