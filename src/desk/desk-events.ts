import { Injectable } from '@nestjs/common';
import { Subject } from 'rxjs';
import { SafeLogger } from '../common/safe-logger.js';
import type { DeadLetter } from '../dead-letters/dead-letter.interface.js';
import { ErrorDescriber } from '../errors/index.js';
import type { TopicObstacle } from '../outbound/jobs/desk-notified-job.interface.js';
import type { ReplyEvent } from '../events/reply-event.interface.js';

/** What happens at a desk, by name. */
export interface DeskEventMap {
  /** An agent's reply has its place in the queue; once for each reply. */
  readonly replyReceived: ReplyEvent;
  /** Every handler of the desk has handled a reply. */
  readonly replyHandled: ReplyEvent;
  /** A handler has failed on a reply, which is tried again or becomes a dead letter. */
  readonly replyFailed: { readonly event: ReplyEvent; readonly handler: string };
  /** An agent has answered a customer who waited: how long that took, only in hours where these are set. */
  readonly replyTimed: {
    readonly threadId: string;
    readonly desk: string;
    readonly kind: 'first' | 'next';
    readonly waitMs: number;
  };
  /** A customer waits longer than the option `reminders` allows. */
  readonly threadOverdue: { readonly threadId: string; readonly desk: string };
  /** Threads cannot be shown as topics though they should. */
  readonly topicsUnavailable: TopicObstacle;
  /** A notice or a reply was given up. */
  readonly deadLetter: DeadLetter;
}

/**
 * Announces what happens at a desk, so that its parts need not depend on each other. Listeners are called
 * synchronously, in the order in which they were added; one that fails is logged and stops nothing.
 *
 * @example
 * events.on('deadLetter', ({ direction }) => this.counter.inc({ direction }));
 */
@Injectable()
export class DeskEvents {
  readonly #logger: SafeLogger;
  readonly #subjects: { readonly [K in keyof DeskEventMap]: Subject<DeskEventMap[K]> } = {
    replyReceived: new Subject(),
    replyHandled: new Subject(),
    replyFailed: new Subject(),
    replyTimed: new Subject(),
    threadOverdue: new Subject(),
    topicsUnavailable: new Subject(),
    deadLetter: new Subject(),
  };

  constructor(errors?: ErrorDescriber) {
    this.#logger = new SafeLogger(DeskEvents.name, errors);
  }

  emit<K extends keyof DeskEventMap>(name: K, event: DeskEventMap[K]): void {
    this.#subjects[name].next(event);
  }

  on<K extends keyof DeskEventMap>(name: K, listener: (event: DeskEventMap[K]) => void): void {
    this.#subjects[name].subscribe((event) => {
      try {
        listener(event);
      } catch (error) {
        this.#logger.errorWithStack(`A listener of the event ${name} failed`, error);
      }
    });
  }
}
