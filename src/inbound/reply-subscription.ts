import type { Clock, Timer } from '../common/clock.js';
import type { ErrorDescriber } from '../errors/index.js';
import { SafeLogger } from '../common/safe-logger.js';
import { ThrottledLogger } from '../common/throttled-logger.js';
import type { HandlerRegistry } from '../replies/handler-registry.js';
import type { ReplyHandlers } from '../replies/reply-handlers.js';

/** How long a handler is known after its process was last heard of: longer than a restart takes. */
export const HANDLER_LIFE_MS = 60_000;

/** How often a process says which handlers it has. */
const PUBLISH_INTERVAL_MS = 15_000;
const PUBLISH_RETRY_MS = 1_000;

const NO_METHOD = 'No method is decorated with @OnThreadReply()';

/** What {@link ReplySubscription} works with. */
export interface ReplySubscriptionParts {
  readonly handlers: ReplyHandlers;
  readonly registry: HandlerRegistry;
  readonly clock: Clock;
  readonly errors?: ErrorDescriber;
  /** Whether other processes may take the replies of this desk. */
  readonly isShared: boolean;
  /** Begins to take replies; called once. */
  readonly consume: () => void;
}

/**
 * Has this process take replies as soon as it has handlers, and tells the other processes of the desk
 * which ones.
 */
export class ReplySubscription {
  readonly #logger: SafeLogger;
  /** For what a store that is away answers each time. */
  readonly #storeLogger: ThrottledLogger;
  readonly #parts: ReplySubscriptionParts;
  readonly #published = new Set<string>();
  #isConsuming = false;
  #hasToldOfNone = false;
  #isStopped = false;
  #timer: Timer | undefined;

  constructor(parts: ReplySubscriptionParts) {
    this.#parts = parts;
    this.#logger = new SafeLogger(ReplySubscription.name, parts.errors);
    this.#storeLogger = new ThrottledLogger(ReplySubscription.name, parts.errors);
  }

  /** Does not wait for the store. */
  start(): void {
    if (this.#parts.isShared) {
      void this.#publishAgain();
      return;
    }
    if (this.#names().length === 0) this.#logger.warn(`${NO_METHOD}: replies reach no one`);
    this.#consume();
  }

  /** Looks for handlers of modules that were loaded since; call it when a reply comes in. */
  async refresh(): Promise<void> {
    if (!this.#parts.isShared || this.#isStopped) return;
    if (this.#names().some((name) => !this.#published.has(name))) await this.#publish();
  }

  /**
   * Whether a process takes the replies that are stored now.
   *
   * @throws When the store does not answer.
   */
  async isAnybodyThere(): Promise<boolean> {
    const { isShared, registry } = this.#parts;
    if (!isShared || this.#names().length > 0) return true;
    return (await registry.published()).length > 0;
  }

  /** The others go on counting on the handlers of this process for a while: it may be about to start again. */
  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
  }

  async #publishAgain(): Promise<void> {
    const isDone = await this.#publish().then(
      () => true,
      (error: unknown) => {
        this.#storeLogger.debug(
          `The reply handlers were not published: ${this.#storeLogger.describe(error)}`,
        );
        return false;
      },
    );
    if (this.#isStopped) return;
    this.#timer = this.#parts.clock.setTimer(
      () => void this.#publishAgain(),
      isDone ? PUBLISH_INTERVAL_MS : PUBLISH_RETRY_MS,
    );
  }

  async #publish(): Promise<void> {
    const { registry } = this.#parts;
    const names = this.#names();
    if (names.length > 0) this.#consume();
    const fresh = names.filter((name) => !this.#published.has(name));
    const isNews = names.length === 0 ? !this.#hasToldOfNone : fresh.length > 0;
    const others = isNews ? await registry.published() : [];
    await registry.publish(names);
    for (const name of names) this.#published.add(name);
    if (!isNews) return;
    if (names.length > 0) this.#tellOfDifference(names, others);
    else this.#tellOfNone(others);
  }

  #tellOfNone(others: readonly string[]): void {
    this.#hasToldOfNone = true;
    if (others.length > 0) {
      this.#logger.log(
        `This process has no reply handlers and takes no replies. Others of this desk have: ${others.join(', ')}`,
      );
    } else {
      this.#logger.warn(
        `${NO_METHOD} in any process of this desk so far: replies wait until a process with one starts`,
      );
    }
  }

  #tellOfDifference(own: readonly string[], others: readonly string[]): void {
    const missing = others.filter((name) => !own.includes(name));
    const added = own.filter((name) => !others.includes(name));
    if (missing.length > 0) {
      this.#logger.warn(
        `Other processes of this desk have reply handlers that this one lacks: ${missing.join(', ')}. A reply counts as taken when they have taken it, too. If a deploy has removed them, that ends ${HANDLER_LIFE_MS / 1000} s after their last process`,
      );
    }
    if (added.length > 0 && others.length > 0) {
      this.#logger.log(
        `This process has reply handlers that no other process of this desk has: ${added.join(', ')}`,
      );
    }
  }

  #names(): string[] {
    return this.#parts.handlers.all().map(({ name }) => name);
  }

  #consume(): void {
    if (this.#isConsuming || this.#isStopped) return;
    this.#isConsuming = true;
    this.#parts.consume();
  }
}
