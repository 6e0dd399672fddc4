import type { Clock } from '../../common/clock.js';
import type { HandlerRegistry } from '../../events/handler-registry.js';
import type {
  AcknowledgementJob,
  AcknowledgementProgress,
} from '../../inbound/acknowledgement-job.interface.js';
import type { InboundEvent, InboundProgress } from '../../inbound/inbound-event.interface.js';
import { MemoryHandlerRegistry } from './memory-handler-registry.js';
import type { OrderedQueue, OrderedQueueOptions } from '../../queue/ordered-queue.js';
import { MemoryOrderedQueue } from './memory-ordered-queue.js';
import type { ChatRateLimiter } from '../../chat/chat-rate-limiter.js';
import type { RateLimitOptions } from '../../config/rate-limit.options.js';
import { MemoryChatRateLimiter } from './memory-chat-rate-limiter.js';
import type { OutboundJob } from '../../outbound/jobs/outbound-job.interface.js';
import type { OutboundProgress } from '../../outbound/jobs/outbound-progress.interface.js';
import { TtlMap } from '../../common/ttl-map.js';
import type { TimerJob } from '../../timers/timer-job.interface.js';
import { DeskStorage } from '../desk-storage.js';
import { MemoryThreadSchedule } from './memory-thread-schedule.js';
import { MemoryTtlStore } from './memory-ttl-store.js';
import { MemoryWaitingThreads } from './memory-waiting-threads.js';
import type { ThreadSchedule } from '../thread-schedule.js';
import type { TtlStore } from '../ttl-store.js';
import type { WaitingThreads } from '../waiting-threads.js';

/** Keeps everything in the memory of this process, until it ends. */
export class MemoryDeskStorage extends DeskStorage {
  readonly isDurable = false;
  readonly #clock: Clock;
  #movedChat: number | null = null;

  constructor(clock: Clock) {
    super();
    this.#clock = clock;
  }

  inbox(
    options: OrderedQueueOptions<InboundEvent, InboundProgress>,
  ): OrderedQueue<InboundEvent, InboundProgress> {
    return new MemoryOrderedQueue<InboundEvent, InboundProgress>(this.#clock, options);
  }

  acknowledgements(
    options: OrderedQueueOptions<AcknowledgementJob, AcknowledgementProgress>,
  ): OrderedQueue<AcknowledgementJob, AcknowledgementProgress> {
    return new MemoryOrderedQueue<AcknowledgementJob, AcknowledgementProgress>(
      this.#clock,
      options,
    );
  }

  handlers(): HandlerRegistry {
    return new MemoryHandlerRegistry();
  }

  outbox(
    options: OrderedQueueOptions<OutboundJob, OutboundProgress>,
  ): OrderedQueue<OutboundJob, OutboundProgress> {
    return new MemoryOrderedQueue<OutboundJob, OutboundProgress>(this.#clock, options);
  }

  timers(options: OrderedQueueOptions<TimerJob>): OrderedQueue<TimerJob> {
    return new MemoryOrderedQueue<TimerJob>(this.#clock, options);
  }

  schedule(): ThreadSchedule {
    return new MemoryThreadSchedule(this.#clock);
  }

  waitingThreads(): WaitingThreads {
    return new MemoryWaitingThreads();
  }

  chatRateLimiter(options: RateLimitOptions): ChatRateLimiter {
    return new MemoryChatRateLimiter(this.#clock, options);
  }

  ttlStore(_name: string, lifeMs: number): TtlStore {
    return new MemoryTtlStore(new TtlMap(this.#clock, lifeMs));
  }

  loadMovedChat(): Promise<number | null> {
    return Promise.resolve(this.#movedChat);
  }

  /** Empty: this desk is the only one, and it follows every migration itself. */
  loadFormerChats(): Promise<readonly number[]> {
    return Promise.resolve([]);
  }

  saveMovedChat(chatId: number): Promise<void> {
    this.#movedChat = chatId;
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
