import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ThreadEventPublisher } from '../threads/thread-event-publisher.js';
import { EventIntake } from './event-intake.js';

/** Puts what customers do to threads into the queue of what agents do. */
@Injectable()
export class QueuedThreadEventPublisher extends ThreadEventPublisher {
  readonly #intake: EventIntake;
  readonly #clock: Clock;
  readonly #desk: string;

  constructor(intake: EventIntake, clock: Clock, { desk }: TelegramSettings) {
    super();
    this.#intake = intake;
    this.#clock = clock;
    this.#desk = desk;
  }

  async publishReopened(threadId: string, closedAtMs: number): Promise<void> {
    const id = `reopened:${closedAtMs}:${threadId}`;
    await this.#intake.enqueue(id, {
      v: 1,
      type: 'reopened',
      id,
      threadId,
      desk: this.#desk,
      agent: null,
      atMs: this.#clock.now(),
    });
  }
}
