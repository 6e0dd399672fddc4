import type { FailedJob, JobBatch, JobProcessor, Pause } from '../queue/job-processor.interface.js';
import type { ErrorDescriber } from '../errors/index.js';
import type { Job } from '../queue/job.interface.js';
import { UnrecoverableError } from '../queue/unrecoverable.error.js';
import { SafeLogger } from '../common/safe-logger.js';
import { ThrottledLogger } from '../common/throttled-logger.js';
import type { OutboundService } from '../outbound/outbound.service.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import { HandlerFailedError } from '../replies/handler-failed.error.js';
import type { AcknowledgementEvent, InboundEvent, ReplyEvent } from './inbound-event.interface.js';
import type { ReplyAcknowledger } from '../replies/reply-acknowledger.js';
import type { HandlerFailure, ReplyDispatcher } from '../replies/reply-dispatcher.js';

/**
 * How long a reply waits for a process with the handlers that are missing. Any process may be the next
 * to get it, so it goes round quickly at first, and slowly when none with them seems to run.
 */
const QUICK_HAND_ONS = 10;
const FIRST_HAND_ON_MS = 25;
const LONGEST_HAND_ON_MS = 500;

/** When what needs Redis is tried again that did not answer. */
const STORE_RETRY_MS = 1_000;

/** Acknowledgements that wait for a Telegram that hangs must leave room for replies. */
const MOST_ACKNOWLEDGEMENTS_AT_ONCE = 10;
const ACKNOWLEDGEMENT_WAIT_MS = 500;

/** What {@link InboundProcessor} works with. */
export interface InboundProcessorParts {
  readonly dispatcher: ReplyDispatcher;
  readonly outbox: OutboundService;
  /** Null when agents are not to be shown that their replies were taken. */
  readonly acknowledger: ReplyAcknowledger | null;
  /** Puts an acknowledgement into the queue of this very worker. */
  readonly enqueue: (lane: string, id: string, item: AcknowledgementEvent) => Promise<unknown>;
  readonly errors?: ErrorDescriber;
  /** Whether the agent is told what the app's handler has thrown. */
  readonly exposeErrors: boolean;
  /** Told of each reply that is given up. */
  readonly onDead: (item: Job<InboundEvent>, reason: string) => void;
}

/** What agents are told in place of the words of an error. */
const UNTOLD = 'the app could not take it';

/** Hands replies to the app, and tells the agent the truth about them. */
export class InboundProcessor implements JobProcessor<InboundEvent> {
  readonly #logger: SafeLogger;
  /** For what a store that is away answers each time. */
  readonly #storeLogger: ThrottledLogger;
  readonly #parts: InboundProcessorParts;
  #acknowledging = 0;

  constructor(parts: InboundProcessorParts) {
    this.#parts = parts;
    this.#logger = new SafeLogger(InboundProcessor.name, parts.errors);
    this.#storeLogger = new ThrottledLogger(InboundProcessor.name, parts.errors);
  }

  /** Handles the first item, and leaves further ones to the next turn. */
  async process(batch: JobBatch<InboundEvent>): Promise<Pause | void> {
    const [head] = batch.jobs;
    if (!head) return;
    const rest =
      'kind' in head.payload
        ? await this.#acknowledge(batch, head.payload)
        : await this.#handOver(batch, head.payload, head.attempts);
    if (rest) return rest;
    if (batch.jobs.length === 1) return;
    await batch.complete(1);
    return { pauseMs: 0 };
  }

  async onFailed({ job: item, error }: FailedJob<InboundEvent>): Promise<void> {
    const { payload } = item;
    // An acknowledgement never fails: it puts itself off.
    if ('kind' in payload) return;
    const { threadId } = payload;
    const reason = this.#logger.describe(error);
    this.#logger.error(`A reply in thread ${threadId} was given up, its agent is told: ${reason}`);
    await this.#parts.outbox.notifyAgent('replyFailed', refOf(payload), {
      threadId,
      reason: this.#mayTell(error) ? reason : UNTOLD,
    });
    this.#parts.onDead(item, reason);
  }

  /** @throws When a handler has failed. */
  async #handOver(
    batch: JobBatch<InboundEvent>,
    given: ReplyEvent,
    attempts: number,
  ): Promise<Pause | void> {
    const { dispatcher } = this.#parts;
    // A dead letter that is retried has its attempts anew.
    const isFirst = attempts === 0 && given.handedOn === undefined;
    const { state, item, failures, reason, isThrown } = await dispatcher.dispatch(given, isFirst);
    this.#logFailures(item, attempts + 1, failures);
    switch (state) {
      case 'taken':
        return this.#finish(batch, item);
      case 'elsewhere': {
        const handedOn = (item.handedOn ?? 0) + 1;
        await batch.complete(0, { ...item, handedOn });
        const doublings = Math.max(0, handedOn - QUICK_HAND_ONS);
        const restMs = Math.min(FIRST_HAND_ON_MS * 2 ** doublings, LONGEST_HAND_ON_MS);
        return { pauseMs: restMs, keyOnly: true };
      }
      case 'failed':
        await batch.complete(0, item);
        throw failures[0]?.error ?? new Error(reason);
      case 'refused':
        await batch.complete(0, { ...item, handedOn: undefined });
        throw isThrown ? new HandlerFailedError(reason) : new UnrecoverableError(reason);
    }
  }

  /** The acknowledgement is stored before the reply is taken off, so that no end of the process can lose it. */
  async #finish(batch: JobBatch<InboundEvent>, item: ReplyEvent): Promise<Pause | void> {
    if (!this.#parts.acknowledger) return;
    const about = refOf(item);
    const id = `acknowledge:${about.chatId}:${about.messageId}`;
    try {
      const { threadId } = item;
      await this.#parts.enqueue(id, id, { kind: 'acknowledgement', threadId, about, tries: 0 });
    } catch (error) {
      this.#storeLogger.debug(
        `An acknowledgement was not stored: ${this.#storeLogger.describe(error)}`,
      );
      // The handlers have taken it, and must not be called again for that.
      await batch.complete(0, item);
      return { pauseMs: STORE_RETRY_MS, keyOnly: true };
    }
  }

  async #acknowledge(
    batch: JobBatch<InboundEvent>,
    item: AcknowledgementEvent,
  ): Promise<Pause | void> {
    const { acknowledger } = this.#parts;
    if (!acknowledger) return;
    if (this.#acknowledging >= MOST_ACKNOWLEDGEMENTS_AT_ONCE) {
      return { pauseMs: ACKNOWLEDGEMENT_WAIT_MS, keyOnly: true };
    }
    this.#acknowledging += 1;
    const retryMs = await acknowledger.acknowledge(item.about, item.tries);
    this.#acknowledging -= 1;
    if (retryMs === null) return;
    await batch.complete(0, { ...item, tries: item.tries + 1 });
    return { pauseMs: retryMs, keyOnly: true };
  }

  /** What the desk itself says against a reply is nothing of the app's. */
  #mayTell(error: Error): boolean {
    return this.#parts.exposeErrors || !(error instanceof HandlerFailedError);
  }

  #logFailures(
    { threadId }: ReplyEvent,
    attempt: number,
    failures: readonly HandlerFailure[],
  ): void {
    for (const { name, error } of failures) {
      this.#logger.errorWithStack(
        `${name} failed on a reply in thread ${threadId}, attempt ${attempt}`,
        error,
      );
    }
  }
}

function refOf({ message }: ReplyEvent): MessageRef {
  return { chatId: message.chat.id, messageId: message.message_id };
}
