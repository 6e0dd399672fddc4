import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { ThreadEventPublisher } from '../threads/thread-event-publisher.js';
import { DEFAULT_DESK } from '../threads/thread-record.js';
import { EventIntake } from './event-intake.js';

/** Puts what customers do to threads into the queue of what agents do. */
@Injectable()
export class QueuedThreadEventPublisher extends ThreadEventPublisher {
  readonly #intake: EventIntake;
  readonly #clock: Clock;

  constructor(intake: EventIntake, clock: Clock) {
    super();
    this.#intake = intake;
    this.#clock = clock;
  }

  async publishReopened(threadId: string, closedAtMs: number): Promise<void> {
    const id = `reopened:${closedAtMs}:${threadId}`;
    await this.#intake.enqueue(id, {
      v: 1,
      type: 'reopened',
      id,
      threadId,
      desk: DEFAULT_DESK,
      agent: null,
      atMs: this.#clock.now(),
    });
  }
}
