import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import {
  ThreadEventPublisher,
  type AgentsDeed,
  type TimedThreadEvent,
  type Transfer,
} from '../threads/thread-event-publisher.js';
import { EventIntake } from './event-intake.js';

/** Puts what is done to threads otherwise than by a reply into the queue of what agents do. */
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

  async publishChange(change: AgentsDeed): Promise<void> {
    await this.#intake.enqueue(change.id, { v: 1, desk: this.#desk, ...change });
  }

  async publishTimed(event: TimedThreadEvent): Promise<void> {
    await this.#intake.enqueue(event.id, { v: 1, desk: this.#desk, agent: null, ...event });
  }

  async publishTransferred({ id, ...transfer }: Transfer): Promise<void> {
    const [desk, atMs] = [this.#desk, this.#clock.now()];
    await this.#intake.enqueue(id, { v: 1, type: 'transferred', id, desk, atMs, ...transfer });
  }
}
