import { Injectable } from '@nestjs/common';
import { Backoff } from '../common/backoff.js';
import { SafeLogger } from '../common/safe-logger.js';
import { DeskEvents } from '../desk/desk-events.js';
import { ErrorDescriber } from '../errors/index.js';
import type { DeliveryProgress } from '../events/delivery-progress.interface.js';
import { EventDispatcher, type HandlerFailure } from '../events/event-dispatcher.js';
import { afterWait, shortestBackoffMs } from '../events/handler-backoff.js';
import { HandlerFailedError } from '../events/handler-failed.error.js';
import { describeEvent, type StoredEvent } from '../events/stored-event.interface.js';
import type { Job } from '../queue/job.interface.js';
import type { JobBatch, Pause } from '../queue/job-processor.interface.js';
import { RETRY_DELAYS_MS } from '../queue/queue.constants.js';
import { UnrecoverableError } from '../queue/unrecoverable.error.js';
import { DeliveryReports } from './delivery-reports.js';
import type { InboundEvent, InboundProgress } from './inbound-event.interface.js';
import type { Delivery } from './revision-gate.js';

/**
 * How long an event waits for a process with the handlers that are missing. Any process may get it next,
 * so the waits are short at first, and grow when no process with these handlers seems to run.
 */
const SHORT_WAITS = 10;
const FIRST_WAIT_MS = 25;
const MAX_WAIT_MS = 500;

/** Has the handlers of this process called with an event, and decides how its job goes on. */
@Injectable()
export class EventDelivery {
  readonly #logger: SafeLogger;

  constructor(
    private readonly dispatcher: EventDispatcher,
    private readonly reports: DeliveryReports,
    private readonly events: DeskEvents,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(EventDelivery.name, errors);
  }

  /**
   * @returns How long the job waits, for another process or for the next attempt of a handler.
   * @throws When a handler has failed, and no other process has one that is missing.
   */
  async deliver(
    batch: JobBatch<InboundEvent, InboundProgress>,
    { progress: before = {}, attempts }: Job<InboundEvent, InboundProgress>,
    { event, versions: newest }: Delivery,
  ): Promise<Pause | void> {
    // A dead letter that is retried starts with no attempts, and so do its handlers.
    const isFirst = attempts === 0 && !before.handedOn;
    const dispatched = await this.dispatcher.dispatch(
      event,
      isFirst ? { ...before, failures: {} } : before,
    );
    const { state, reason, isThrown, failures } = dispatched;
    const isBegun = (before.handledBy ?? []).length > 0;
    const versions = isBegun ? (before.versions ?? {}) : newest;
    const progress: InboundProgress & DeliveryProgress = {
      ...dispatched.progress,
      ...(before.album && { album: before.album }),
      ...(Object.keys(versions).length > 0 && { versions }),
    };
    this.#reportFailures(event, failures);
    switch (state) {
      case 'handled':
        return this.reports.reportHandled(batch, event, progress);
      case 'elsewhere': {
        const handedOn = progress.handedOn + 1;
        const doublings = Math.max(0, handedOn - SHORT_WAITS);
        const pauseMs = Math.min(FIRST_WAIT_MS * 2 ** doublings, MAX_WAIT_MS);
        const pause = await this.#wait(batch, { ...progress, handedOn }, pauseMs);
        return { ...pause, isPassedOn: true };
      }
      case 'failed': {
        const [failure] = failures;
        if (!failure) return this.#wait(batch, progress, shortestBackoffMs(progress.failures));
        // The queue has the job wait for as long.
        const waitedMs = Backoff.delayAfter(attempts, RETRY_DELAYS_MS);
        await batch.complete(0, { ...progress, failures: afterWait(progress.failures, waitedMs) });
        throw failure.error;
      }
      case 'rejected':
        await batch.complete(0, { ...progress, handedOn: 0 });
        throw isThrown ? new HandlerFailedError(reason) : new UnrecoverableError(reason);
    }
  }

  /** Has the job wait, and with it the handlers that have failed. */
  async #wait(
    batch: JobBatch<InboundEvent, InboundProgress>,
    progress: InboundProgress & DeliveryProgress,
    pauseMs: number,
  ): Promise<Pause> {
    await batch.complete(0, { ...progress, failures: afterWait(progress.failures, pauseMs) });
    return { pauseMs, keyOnly: true };
  }

  #reportFailures(event: StoredEvent, failures: readonly HandlerFailure[]): void {
    for (const { name, error, times } of failures) {
      if (event.type === 'reply') this.events.emit('replyFailed', { event, handler: name });
      const words = `${name} failed on ${describeEvent(event)}, attempt ${times}`;
      this.#logger.errorWithStack(words, error);
    }
  }
}
