import type { Clock, Timer } from '../common/clock.js';
import { Backoff } from '../common/backoff.js';
import type { ErrorDescriber } from '../errors/index.js';
import type { Lease } from '../storage/lease.js';
import { SafeLogger } from '../common/safe-logger.js';
import type { WebhookRegistrar } from './webhook-registrar.js';

/** The waits between attempts to register; the last one stands for all after it. */
const RETRY_DELAYS_MS: readonly number[] = [2_000, 10_000, 30_000, 60_000];

/** When to ask again whether another process has done it. */
const TURN_WAIT_MS = 1_000;

/** How often a wrong secret at the door is a reason to look at the registration. */
const RECONSIDER_MS = 60_000;

/** By then, Telegram knows how its delivery was answered. */
const ANSWER_KNOWN_MS = 1_000;

/** What {@link WebhookRegistration} works with. */
export interface WebhookRegistrationParts {
  readonly registrar: WebhookRegistrar;
  /** Telegram takes one registration a second, so the processes of a desk take turns. */
  readonly lease: Lease;
  readonly clock: Clock;
  readonly errors?: ErrorDescriber;
}

/** Sees to it, in the background, that the webhook of this app is registered. */
export class WebhookRegistration {
  readonly #logger: SafeLogger;
  readonly #parts: WebhookRegistrationParts;
  readonly #delay = new Backoff(RETRY_DELAYS_MS);
  #url: string | undefined;
  #timer: Timer | undefined;
  /** The attempt that is under way; it never rejects. */
  #work: Promise<void> | undefined;
  #ending = new AbortController();
  #reconsideredAtMs = -Infinity;

  constructor(parts: WebhookRegistrationParts) {
    this.#parts = parts;
    this.#logger = new SafeLogger(WebhookRegistration.name, parts.errors);
  }

  /** Registers the URL, again and again while Telegram cannot be reached. */
  ensure(url: string): void {
    this.#url = url;
    this.#delay.reset();
    this.#start();
  }

  /**
   * Somebody came to the door with a wrong secret. If it was Telegram, which then has another secret
   * than this app, the webhook is registered again; looked into once a minute at most.
   */
  recheck(): void {
    const nowMs = this.#parts.clock.monotonicMs();
    // One at a time: an attempt that fails sets the timer of the next one.
    if (this.#url === undefined || this.#work) return;
    if (nowMs - this.#reconsideredAtMs < RECONSIDER_MS) return;
    this.#reconsideredAtMs = nowMs;
    // An attempt that is still to come does the same.
    this.#timer ??= this.#later(ANSWER_KNOWN_MS);
  }

  /** The URL was registered by hand: it is the one to keep from now on. */
  setUrl(url: string): void {
    this.#url = url;
  }

  /**
   * Ends the background work; resolves when nothing of it is under way any more. The webhook stays
   * registered: other processes use it.
   */
  async stop(): Promise<void> {
    this.#url = undefined;
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#ending.abort();
    this.#ending = new AbortController();
    await this.#work;
  }

  #start(): void {
    this.#timer = undefined;
    this.#work = this.#attempt().finally(() => (this.#work = undefined));
  }

  async #attempt(): Promise<void> {
    const url = this.#url;
    if (url === undefined) return;
    if (!(await this.#hasTurn())) {
      this.#timer = this.#later(TURN_WAIT_MS);
      return;
    }
    const registration = await this.#parts.registrar.register(url, this.#ending.signal);
    await this.#endTurn();
    if (registration.kind === 'later') {
      this.#timer = this.#later(Math.max(this.#delay.nextMs(), registration.waitMs));
    } else {
      this.#delay.reset();
    }
  }

  #later(delayMs: number): Timer | undefined {
    if (this.#url === undefined) return undefined;
    return this.#parts.clock.setTimer(() => this.#start(), delayMs);
  }

  /** Without Redis, everybody registers for themselves: twice does no harm. */
  async #hasTurn(): Promise<boolean> {
    try {
      return await this.#parts.lease.acquire();
    } catch (error) {
      this.#logger.debug(`Who registers is not known: ${this.#logger.describe(error)}`);
      return true;
    }
  }

  async #endTurn(): Promise<void> {
    try {
      await this.#parts.lease.release();
    } catch (error) {
      this.#logger.debug(`The turn ends by itself: ${this.#logger.describe(error)}`);
    }
  }
}
