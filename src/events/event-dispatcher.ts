import { Injectable } from '@nestjs/common';
import { Backoff } from '../common/backoff.js';
import { Clock } from '../common/clock.js';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { Timeouts } from '../common/timeouts.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ErrorDescriber, toError } from '../errors/index.js';
import { DeskStorage } from '../storage/desk-storage.js';
import { RETRY_DELAYS_MS } from '../queue/queue.constants.js';
import { UnrecoverableError } from '../queue/unrecoverable.error.js';
import { DeskTelemetry } from '../telemetry/desk-telemetry.js';
import type { DeliveryProgress, HandlerFailures } from './delivery-progress.interface.js';
import { isGivenUp, outcomeOf, type DispatchOutcome } from './dispatch-outcome.js';
import type { EventHandler } from './event-handler.interface.js';
import { EventHandlers } from './event-handlers.js';
import { typeOfHandler } from './handler-name.js';
import { HandlerRegistry } from './handler-registry.js';
import type { StoredEvent } from './stored-event.interface.js';

/** A handler that has failed just now. */
export interface HandlerFailure {
  readonly name: string;
  readonly error: Error;
  /** How often it has failed on the event, this time included. */
  readonly times: number;
}

/** The result of {@link EventDispatcher.dispatch}. */
export interface Dispatch extends DispatchOutcome {
  readonly progress: DeliveryProgress;
  /** The handlers that have failed this time. */
  readonly failures: readonly HandlerFailure[];
}

/** Calls the handlers of this process that have not handled an event yet, but for those whose next attempt is later. */
@Injectable()
export class EventDispatcher {
  readonly #logger: ThrottledLogger;
  readonly #timeouts: Timeouts;
  readonly #attempts: number;
  readonly #timeoutMs: number;
  /** Whether other processes may handle the events of this desk. */
  readonly #isShared: boolean;

  constructor(
    private readonly handlers: EventHandlers,
    private readonly registry: HandlerRegistry,
    private readonly telemetry: DeskTelemetry,
    clock: Clock,
    { replies }: TelegramSettings,
    storage: DeskStorage,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(EventDispatcher.name, errors);
    this.#timeouts = new Timeouts(clock);
    this.#attempts = replies.attempts;
    this.#timeoutMs = replies.timeoutMs;
    this.#isShared = storage.isDurable;
  }

  /** @param progress How far the delivery had come before; without failures it starts anew. */
  async dispatch(event: StoredEvent, progress: Partial<DeliveryProgress>): Promise<Dispatch> {
    const handledBy = new Set(progress.handledBy);
    const declinedBy = new Set(progress.declinedBy);
    const counted: Record<string, HandlerFailures> = { ...progress.failures };
    const failures: HandlerFailure[] = [];
    const own = this.handlers.of(event);
    for (const handler of own) {
      const { name } = handler;
      const before = counted[name];
      if (handledBy.has(name) || isGivenUp(before, this.#attempts) || before?.backoffMs) continue;
      try {
        if (!handler.accepts(event.threadId)) declinedBy.add(name);
        else {
          declinedBy.delete(name);
          await this.#call(handler);
          handledBy.add(name);
        }
        delete counted[name];
      } catch (thrown) {
        const times = (before?.times ?? 0) + 1;
        failures.push({ name, error: toError(thrown), times });
        counted[name] = {
          times,
          reason: this.#logger.describe(thrown),
          backoffMs: Backoff.delayAfter(times - 1, RETRY_DELAYS_MS),
          ...(thrown instanceof UnrecoverableError && { isFinal: true }),
        };
      }
    }
    const reached: DeliveryProgress = {
      handledBy: [...handledBy],
      declinedBy: [...declinedBy],
      failures: counted,
      handedOn: progress.handedOn ?? 0,
    };
    const names = own.map(({ name }) => name);
    const outcome = await this.#outcomeOf(event, reached, names);
    return { ...outcome, progress: reached, failures };
  }

  /** Reads the registry after the calls, so that a process that has started meanwhile is not missed. */
  async #outcomeOf(
    { type }: StoredEvent,
    progress: DeliveryProgress,
    own: readonly string[],
  ): Promise<DispatchOutcome> {
    const isExpected = type === 'reply';
    const published = await this.#published(type);
    // Other processes may be about to start: a reply waits for them, as it does while none processes any.
    const isNobodyThere = published?.length === 0 && own.length === 0;
    const isAwaited = this.#isShared && isExpected && isNobodyThere;
    const known = { own, published: isAwaited ? null : published, attempts: this.#attempts };
    return outcomeOf(progress, { ...known, isExpected });
  }

  async #published(type: StoredEvent['type']): Promise<string[] | null> {
    try {
      const names = await this.registry.published();
      return names.filter((name) => typeOfHandler(name) === type);
    } catch (error) {
      this.#logger.debug(
        `The handlers of other processes are not known: ${this.#logger.describe(error)}`,
      );
      return null;
    }
  }

  /** Rejects with what the handler fails with, or when it takes too long: an Observable is then unsubscribed. */
  #call({ name, call }: EventHandler): Promise<void> {
    const controller = new AbortController();
    const late = (): never => {
      const error = new Error(`${name} did not return within ${this.#timeoutMs} ms`);
      controller.abort(error);
      throw error;
    };
    return this.telemetry.process(name, () =>
      this.#timeouts.race(call(controller.signal), this.#timeoutMs, late),
    );
  }
}
