import type { Update } from '@grammyjs/types';
import type { BotApiClient } from '../bot/bot-api-client.js';
import type { Clock } from '../common/clock.js';
import { Backoff } from '../common/backoff.js';
import { delay } from '../common/delay.js';
import {
  BotApiError,
  BotApiRateLimitError,
  toError,
  type ErrorDescriber,
} from '../errors/index.js';
import type { UpdateType } from '../updates/incoming-update.interface.js';
import type { InboundService } from '../inbound/inbound.service.js';
import type { LeaderElection } from './leader-election.js';
import { SafeLogger } from '../common/safe-logger.js';
import { WebhookActiveError } from './webhook-active.error.js';

/** How long Telegram holds a question while there is nothing new; 50 s is the most (Client.cpp:15713). */
const LONG_POLL_SECONDS = 30;

/** When a question has reached Telegram that is not answered yet. */
const SURELY_ASKED_MS = 1_000;

/** How long the last word to Telegram may take when the app ends. */
const FAREWELL_TIMEOUT_MS = 2_000;

/** What {@link UpdatePoller} works with. */
export interface UpdatePollerParts {
  readonly api: BotApiClient;
  readonly inbox: InboundService;
  /** The right to ask, which one process has at a time: Telegram gives each update of a bot to one. */
  readonly holder: LeaderElection;
  readonly clock: Clock;
  readonly errors?: ErrorDescriber;
  /** How long Telegram may take beyond the time that it holds a question. */
  readonly timeoutMs: number;
  /** Whether a webhook that is registered may be removed. */
  readonly removeWebhook: boolean;
  /** The types of updates that are to be delivered. */
  readonly allowedUpdates: readonly UpdateType[];
}

/**
 * The door for development: asks Telegram for updates. An update is confirmed, by asking for the one
 * behind it, when Telegram may forget it; what was not confirmed comes again.
 */
export class UpdatePoller {
  readonly #logger: SafeLogger;
  readonly #parts: UpdatePollerParts;
  readonly #delay = new Backoff();
  #term: Promise<void> = Promise.resolve();
  /** The first update that is not done with. */
  #offset = 0;
  /** The offset that Telegram was told last. */
  #confirmed = 0;
  #isWaiting = false;
  /** The trouble that the log already tells of. */
  #reported: string | undefined;

  constructor(parts: UpdatePollerParts) {
    this.#parts = parts;
    this.#logger = new SafeLogger(UpdatePoller.name, parts.errors);
  }

  /** Asks for updates from now on, while this process has the right to. */
  start(): void {
    this.#parts.holder.start(
      (lost) => {
        this.#isWaiting = false;
        this.#term = this.#term.then(() => this.#serve(lost));
      },
      () => this.#sayItWaits(),
    );
  }

  /** Asks for nothing more. */
  stop(): void {
    this.#parts.holder.stop();
  }

  /** Call it when the inbox is closed: tells Telegram what is done, and lets another process go on. */
  async finish(): Promise<void> {
    await this.#term;
    if (this.#parts.holder.isLeader && this.#offset > this.#confirmed) await this.#confirm();
    try {
      await this.#parts.holder.release();
    } catch (error) {
      this.#logger.debug(`Another process goes on a little later: ${this.#logger.describe(error)}`);
    }
  }

  /** Once, however long it is. */
  #sayItWaits(): void {
    if (!this.#isWaiting) {
      this.#logger.log(
        'Another process asks for the updates of this bot. This one does when that ends; a desk in another chat needs a bot of its own',
      );
    }
    this.#isWaiting = true;
  }

  /** Never rejects. */
  async #serve(lost: AbortSignal): Promise<void> {
    let isFree = false;
    while (!lost.aborted) {
      try {
        if (!isFree) await this.#freeTheWay(lost);
        isFree = true;
        await this.#takeAll(await this.#ask(lost));
        this.#delay.reset();
      } catch (error) {
        if (lost.aborted) break;
        this.#confirmed = 0;
        isFree = !isAboutWebhook(error);
        this.#report(toError(error));
        await delay(this.#parts.clock, this.#waitAfter(error), lost);
      }
    }
  }

  /** Telegram delivers to a webhook or answers questions, but not both. */
  async #freeTheWay(signal: AbortSignal): Promise<void> {
    const { api, removeWebhook } = this.#parts;
    const { url } = await api.call('getWebhookInfo', undefined, { signal });
    if (url) {
      if (!removeWebhook) throw new WebhookActiveError(url);
      await api.call('deleteWebhook', undefined, { signal });
      this.#logger.warn('The registered webhook was removed, as polling.removeWebhook wants it');
    }
    this.#logger.log('Asking Telegram for updates');
  }

  async #ask(signal: AbortSignal): Promise<Update[]> {
    const { api, clock, timeoutMs, allowedUpdates } = this.#parts;
    const offset = this.#offset;
    const askedAtMs = clock.monotonicMs();
    const updates = await api
      .call(
        'getUpdates',
        { offset, timeout: LONG_POLL_SECONDS, allowed_updates: allowedUpdates },
        { signal, timeoutMs: LONG_POLL_SECONDS * 1000 + timeoutMs },
      )
      .catch((error: unknown) => {
        // The question itself confirms, but one that is given up at once may never have left this process.
        if (clock.monotonicMs() - askedAtMs >= SURELY_ASKED_MS) this.#confirmed = offset;
        throw error;
      });
    this.#confirmed = offset;
    if (this.#reported !== undefined) this.#logger.log('Telegram gives updates again');
    this.#reported = undefined;
    return updates;
  }

  /** Takes them in their order; those of different threads are then worked on side by side. */
  async #takeAll(updates: readonly Update[]): Promise<void> {
    const taken: Array<{ readonly id: number; readonly safe: Promise<void> }> = [];
    let failure: unknown;
    for (const update of updates) {
      try {
        const { persisted: safe } = await this.#parts.inbox.take(update);
        // Each is awaited below, but maybe later than it is rejected.
        safe.catch(() => undefined);
        taken.push({ id: update.update_id, safe });
      } catch (error) {
        failure = error;
        break;
      }
    }
    for (const { id, safe } of taken) {
      await safe;
      this.#offset = id + 1;
    }
    if (failure !== undefined) throw failure;
  }

  async #confirm(): Promise<void> {
    const { allowedUpdates } = this.#parts;
    const question = { offset: this.#offset, limit: 1, allowed_updates: allowedUpdates };
    try {
      await this.#parts.api.call('getUpdates', question, { timeoutMs: FAREWELL_TIMEOUT_MS });
    } catch (error) {
      this.#logger.debug(
        `Telegram repeats what was not confirmed: ${this.#logger.describe(error)}`,
      );
    }
  }

  #waitAfter(error: unknown): number {
    const delayMs = this.#delay.nextMs();
    return error instanceof BotApiRateLimitError ? Math.max(delayMs, error.retryAfterMs) : delayMs;
  }

  /** One line for each cause, not for each attempt. */
  #report(error: Error): void {
    const message = this.#logger.describe(error);
    if (this.#reported === message) return;
    this.#reported = message;
    this.#logger.error(`No updates come in: ${message}${hintFor(error)}`);
  }
}

function isAboutWebhook(error: unknown): boolean {
  return (
    error instanceof WebhookActiveError ||
    (error instanceof BotApiError && error.errorCode === 409 && /webhook/i.test(error.description))
  );
}

function hintFor(error: Error): string {
  if (!(error instanceof BotApiError) || error.errorCode !== 409 || isAboutWebhook(error))
    return '';
  return '. Another process asks with the same bot token: stop it, or give it a bot of its own; processes that share a Redis take turns, with the option redis';
}
