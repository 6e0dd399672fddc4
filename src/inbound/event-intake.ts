import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Timeouts } from '../common/timeouts.js';
import { withTimeout } from '../common/with-timeout.js';
import type { ReplyEvent } from '../events/reply-event.interface.js';
import type { StoredEvent } from '../events/stored-event.interface.js';
import { OrderedQueue } from '../queue/ordered-queue.js';
import { DeskStorage } from '../storage/desk-storage.js';
import { INBOUND_QUEUE } from './inbound.constants.js';
import type { InboundEvent, InboundProgress } from './inbound-event.interface.js';
import type { AcceptedUpdate } from './update-handler.interface.js';

/**
 * How long Telegram waits for the answer while an event is handled in memory. Less than the 60 s after
 * which it delivers the update again (WebhookActor.cpp), and than the 30 s of common proxies.
 */
export const MAX_HOLD_MS = 15_000;

/** How long storing may take before Telegram is asked to deliver the update again. */
const STORE_TIMEOUT_MS = 2_000;

/** What the keys of the queue begin with. */
const THREAD_KEY = 'thread:';
const HELD_KEY = 'held:';

/** An event that has its place in the queue. */
export interface EnqueuedEvent extends AcceptedUpdate {
  /** Whether it was there before: Telegram may deliver an update twice. */
  readonly isDuplicate: boolean;
}

/** Puts what happens in a thread into the queue of the thread, for the app's handlers. */
@Injectable()
export class EventIntake {
  readonly #timeouts: Timeouts;
  /** Whether the queue outlives this process. */
  readonly #isDurable: boolean;

  constructor(
    @Inject(INBOUND_QUEUE) private readonly queue: OrderedQueue<InboundEvent, InboundProgress>,
    clock: Clock,
    storage: DeskStorage,
  ) {
    this.#timeouts = new Timeouts(clock);
    this.#isDurable = storage.isDurable;
  }

  /**
   * Resolves when the event has its place in the queue of its thread.
   *
   * @param id Events of one id are handled once.
   * @throws When it could not be stored.
   */
  async enqueue(id: string, event: StoredEvent): Promise<EnqueuedEvent> {
    const enqueued = this.queue.enqueue(THREAD_KEY + event.threadId, id, event);
    if (this.#isDurable) {
      const { isDuplicate } = await withTimeout(enqueued, STORE_TIMEOUT_MS);
      return { isDuplicate, persisted: Promise.resolve() };
    }
    const { isDuplicate, persisted } = await enqueued;
    return { isDuplicate, persisted: this.#hold(persisted) };
  }

  /**
   * Resolves when a reply has its place in a key of its own, where it is held.
   *
   * @throws When it could not be stored.
   */
  async enqueueHeld(id: string, event: ReplyEvent): Promise<Pick<EnqueuedEvent, 'isDuplicate'>> {
    const { chatId, messageId } = event.message;
    const enqueued = this.queue.enqueue(`${HELD_KEY}${chatId}:${messageId}`, id, event);
    const { isDuplicate, persisted } = await withTimeout(enqueued, STORE_TIMEOUT_MS);
    // The press that stops it may come behind this update, and waits for it. The log says what is lost in memory.
    persisted.catch(() => undefined);
    return { isDuplicate };
  }

  /** Settles as the work does, but resolves after {@link MAX_HOLD_MS} at the latest. */
  #hold(work: Promise<void>): Promise<void> {
    return this.#timeouts.race(work, MAX_HOLD_MS, () => undefined);
  }
}
