import { Inject, Injectable } from '@nestjs/common';
import { CommandMethods } from '../agents/command-methods.js';
import { Clock, type Timer } from '../common/clock.js';
import { SafeLogger } from '../common/safe-logger.js';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { ErrorDescriber } from '../errors/index.js';
import type { JobProcessor } from '../queue/job-processor.interface.js';
import { OrderedQueue } from '../queue/ordered-queue.js';
import { compareHandlers, hasReplyHandler } from '../events/handler-comparison.js';
import { HandlerRegistry } from '../events/handler-registry.js';
import { EventHandlers } from '../events/event-handlers.js';
import { DeskStorage } from '../storage/desk-storage.js';
import { INBOUND_QUEUE } from './inbound.constants.js';
import type { InboundEvent, InboundProgress } from './inbound-event.interface.js';
import { InboundProcessor } from './inbound.processor.js';

/** How long a handler is known after its process published it last: longer than a restart takes. */
export const HANDLER_LIFE_MS = 60_000;

/** How often a process publishes its handlers. */
const PUBLISH_INTERVAL_MS = 15_000;
const PUBLISH_RETRY_MS = 1_000;

/**
 * Starts the processing of replies and other events as soon as this process has handlers, and publishes these
 * to the other processes of the desk.
 */
@Injectable()
export class ReplySubscription {
  readonly #logger: SafeLogger;
  /** For what fails each time while the store does not answer. */
  readonly #storeLogger: ThrottledLogger;
  /** Whether other processes may handle the replies of this desk. */
  readonly #isShared: boolean;
  readonly #published = new Set<string>();
  #isProcessing = false;
  #isAbsenceLogged = false;
  #isStopped = false;
  #timer: Timer | undefined;

  constructor(
    private readonly handlers: EventHandlers,
    private readonly commands: CommandMethods,
    private readonly registry: HandlerRegistry,
    @Inject(INBOUND_QUEUE) private readonly queue: OrderedQueue<InboundEvent, InboundProgress>,
    @Inject(InboundProcessor)
    private readonly processor: JobProcessor<InboundEvent, InboundProgress>,
    private readonly clock: Clock,
    @Inject(DeskStorage) storage: Pick<DeskStorage, 'isDurable'>,
    errors: ErrorDescriber,
  ) {
    this.#isShared = storage.isDurable;
    this.#logger = new SafeLogger(ReplySubscription.name, errors);
    this.#storeLogger = new ThrottledLogger(ReplySubscription.name, errors);
  }

  /** Does not wait for the store. */
  start(): void {
    if (this.#isShared) {
      void this.#publishRepeatedly();
      return;
    }
    if (!hasReplyHandler(this.handlers.names())) {
      this.#logger.warn('No method is decorated with @OnThreadReply(): replies reach no one');
    }
    this.#startProcessing();
  }

  /** Looks for handlers in modules that were loaded since; call it when a reply comes in. */
  async refresh(): Promise<void> {
    if (!this.#isShared || this.#isStopped) return;
    if (this.#names().some((name) => !this.#published.has(name))) await this.#publish();
  }

  /**
   * Whether any process of the desk has handlers for the replies that are stored now.
   *
   * @throws When the store does not answer.
   */
  async hasHandlers(): Promise<boolean> {
    if (!this.#isShared || hasReplyHandler(this.handlers.names())) return true;
    return hasReplyHandler(await this.registry.published());
  }

  /** Other processes still count on the handlers of this one for a while: it may be about to start again. */
  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
  }

  async #publishRepeatedly(): Promise<void> {
    const isPublished = await this.#publish().then(
      () => true,
      (error: unknown) => {
        const reason = this.#storeLogger.describe(error);
        this.#storeLogger.debug(`The reply handlers were not published: ${reason}`);
        return false;
      },
    );
    if (this.#isStopped) return;
    this.#timer = this.clock.setTimer(
      () => void this.#publishRepeatedly(),
      isPublished ? PUBLISH_INTERVAL_MS : PUBLISH_RETRY_MS,
    );
  }

  async #publish(): Promise<void> {
    const names = this.#names();
    if (names.length > 0) this.#startProcessing();
    const isNews =
      names.length === 0
        ? !this.#isAbsenceLogged
        : names.some((name) => !this.#published.has(name));
    const others = isNews ? await this.registry.published() : [];
    await this.registry.publish(names);
    for (const name of names) this.#published.add(name);
    if (!isNews) return;
    if (names.length === 0) this.#isAbsenceLogged = true;
    for (const { level, text } of compareHandlers(names, others, HANDLER_LIFE_MS)) {
      this.#logger[level](text);
    }
  }

  #names(): string[] {
    return [...this.handlers.names(), ...this.commands.names()];
  }

  #startProcessing(): void {
    if (this.#isProcessing || this.#isStopped) return;
    this.#isProcessing = true;
    this.queue.process(this.processor);
  }
}
