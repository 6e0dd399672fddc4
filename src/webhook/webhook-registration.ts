import { Inject, Injectable } from '@nestjs/common';
import { Backoff } from '../common/backoff.js';
import { Clock, type Timer } from '../common/clock.js';
import { SafeLogger } from '../common/safe-logger.js';
import { ErrorDescriber } from '../errors/index.js';
import { Lease } from '../storage/lease.js';
import { WebhookRegistrar } from './webhook-registrar.js';
import { WebhookRejections } from './webhook-rejections.js';
import { REGISTRATION_LEASE } from './webhook.constants.js';

/** Life of the lease: longer than one attempt to register may take. */
export const REGISTRATION_LEASE_MS = 90_000;

/** The waits between attempts to register; the last one repeats. */
const RETRY_DELAYS_MS: readonly number[] = [2_000, 10_000, 30_000, 60_000];

/** The wait before asking again whether another process has finished. */
const LEASE_RETRY_MS = 1_000;

/** The shortest time between two rechecks that rejected requests cause. */
const RECHECK_INTERVAL_MS = 60_000;

/** By then Telegram has recorded how its delivery was answered. */
const RECHECK_DELAY_MS = 1_000;

/** Keeps the webhook of this app registered, in the background. */
@Injectable()
export class WebhookRegistration {
  readonly #logger: SafeLogger;
  readonly #backoff = new Backoff(RETRY_DELAYS_MS);
  #url: string | undefined;
  #timer: Timer | undefined;
  /** The attempt in progress; it never rejects. */
  #attempt: Promise<void> | undefined;
  #stopping = new AbortController();
  #recheckedAtMs = -Infinity;

  /** @param lease Telegram takes one registration a second, so the processes of a bot take turns. */
  constructor(
    private readonly registrar: WebhookRegistrar,
    @Inject(REGISTRATION_LEASE) private readonly lease: Lease,
    private readonly clock: Clock,
    rejections: WebhookRejections,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(WebhookRegistration.name, errors);
    rejections.events.subscribe(({ reason }) => {
      if (reason === 'secret') this.#recheck();
    });
  }

  /** The URL that is kept registered; undefined when none is. */
  get url(): string | undefined {
    return this.#url;
  }

  /** Registers the URL, and tries again for as long as Telegram cannot be reached. */
  ensure(url: string): void {
    this.#url = url;
    this.#backoff.reset();
    this.#start();
  }

  /** Call it when the app has registered a URL itself: that URL is kept registered from now on. */
  setUrl(url: string): void {
    this.#url = url;
  }

  /**
   * Stops the work in the background; resolves when none is in progress. The webhook stays registered,
   * because other processes use it.
   */
  async stop(): Promise<void> {
    this.#url = undefined;
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#stopping.abort();
    this.#stopping = new AbortController();
    await this.#attempt;
  }

  /**
   * A request showed a wrong secret. If it was Telegram's, Telegram has another secret than this app, and
   * its record of the failed delivery says so. Anybody can send such requests, hence the interval.
   */
  #recheck(): void {
    // An attempt in progress sets the timer of the next one, if it fails.
    if (this.#url === undefined || this.#attempt) return;
    const nowMs = this.clock.monotonicMs();
    if (nowMs - this.#recheckedAtMs < RECHECK_INTERVAL_MS) return;
    this.#recheckedAtMs = nowMs;
    // An attempt that is already scheduled checks the same.
    this.#timer ??= this.#schedule(RECHECK_DELAY_MS);
  }

  #start(): void {
    this.#timer = undefined;
    this.#attempt = this.#register().finally(() => (this.#attempt = undefined));
  }

  async #register(): Promise<void> {
    const url = this.#url;
    if (url === undefined) return;
    if (!(await this.#acquireLease())) {
      this.#timer = this.#schedule(LEASE_RETRY_MS);
      return;
    }
    const registration = await this.registrar.register(url, this.#stopping.signal);
    await this.#releaseLease();
    if (registration.kind === 'later') {
      this.#timer = this.#schedule(Math.max(this.#backoff.nextMs(), registration.waitMs));
    } else {
      this.#backoff.reset();
    }
  }

  #schedule(delayMs: number): Timer | undefined {
    if (this.#url === undefined) return undefined;
    return this.clock.setTimer(() => this.#start(), delayMs);
  }

  /** True when Redis does not answer: to register twice does no harm. */
  async #acquireLease(): Promise<boolean> {
    try {
      return await this.lease.acquire();
    } catch (error) {
      this.#logger.debug(
        `Registering without the lease, which is not known: ${this.#logger.describe(error)}`,
      );
      return true;
    }
  }

  async #releaseLease(): Promise<void> {
    try {
      await this.lease.release();
    } catch (error) {
      this.#logger.debug(
        `Could not release the registration lease, which expires by itself: ${this.#logger.describe(error)}`,
      );
    }
  }
}
