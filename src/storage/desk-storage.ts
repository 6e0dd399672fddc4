import type { HandlerRegistry } from '../events/handler-registry.js';
import type { ErrorDescriber } from '../errors/index.js';
import type {
  AcknowledgementJob,
  AcknowledgementProgress,
} from '../inbound/acknowledgement-job.interface.js';
import type { InboundEvent, InboundProgress } from '../inbound/inbound-event.interface.js';
import type { OrderedQueue, OrderedQueueOptions } from '../queue/ordered-queue.js';
import type { ChatRateLimiter } from '../chat/chat-rate-limiter.js';
import type { RateLimitOptions } from '../config/rate-limit.options.js';
import type { OutboundJob } from '../outbound/jobs/outbound-job.interface.js';
import type { OutboundProgress } from '../outbound/jobs/outbound-progress.interface.js';
import type { TimerJob, TimerStep } from '../timers/timer-job.interface.js';
import type { ThreadSchedule } from './thread-schedule.js';
import type { TtlStore } from './ttl-store.js';
import type { WaitingThreads } from './waiting-threads.js';

/** Where a desk keeps its queues and its state. */
export abstract class DeskStorage {
  /** Whether it outlives this process and is shared with other processes. */
  abstract readonly isDurable: boolean;

  /** The queue of events from Telegram. */
  abstract inbox(
    options: OrderedQueueOptions<InboundEvent, InboundProgress>,
  ): OrderedQueue<InboundEvent, InboundProgress>;

  /** The queue of acknowledgements. */
  abstract acknowledgements(
    options: OrderedQueueOptions<AcknowledgementJob, AcknowledgementProgress>,
  ): OrderedQueue<AcknowledgementJob, AcknowledgementProgress>;

  /**
   * The reply handlers of all processes of the desk.
   *
   * @param lifeMs How long a handler is listed after it was last published.
   */
  abstract handlers(lifeMs: number): HandlerRegistry;

  /** The queue of what will be posted in the admin chat. */
  abstract outbox(
    options: OrderedQueueOptions<OutboundJob, OutboundProgress>,
  ): OrderedQueue<OutboundJob, OutboundProgress>;

  /** The queue of what waits for its time. */
  abstract timers(options: OrderedQueueOptions<TimerJob>): OrderedQueue<TimerJob>;

  /** The threads that wait for a step. */
  abstract schedule(step: TimerStep): ThreadSchedule;

  /**
   * The threads whose customers wait.
   *
   * @param lifeSeconds How long it is kept after a thread was added last.
   */
  abstract waitingThreads(lifeSeconds: number): WaitingThreads;

  /** The rate limiter of the admin chat. */
  abstract chatRateLimiter(options: RateLimitOptions, errors?: ErrorDescriber): ChatRateLimiter;

  /** A store of short texts, each of which is kept for `lifeMs`. Stores of different names are separate. */
  abstract ttlStore(name: string, lifeMs: number): TtlStore;

  /** The id of the supergroup that the admin chat has become; null when it has not. */
  abstract loadMovedChat(): Promise<number | null>;

  /** The ids that a supergroup had as a group, as far as any desk of the bot has seen the migration. */
  abstract loadFormerChats(chatId: number): Promise<readonly number[]>;

  /** Stores the supergroup that the admin chat has become, and the group that it was; null if that is unknown. */
  abstract saveMovedChat(chatId: number, formerId: number | null): Promise<void>;

  /** Releases connections and timers. Call it after the queues were closed. */
  abstract close(): Promise<void>;
}
