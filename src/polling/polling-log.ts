import { Injectable } from '@nestjs/common';
import { lineOfProblem, type Problem } from '../common/problem.js';
import { SafeLogger } from '../common/safe-logger.js';
import { BotApiError, ErrorDescriber } from '../errors/index.js';
import { WebhookActiveError } from './webhook-active.error.js';

/** Logs how polling goes: one line for each cause of a failure, not for each attempt. */
@Injectable()
export class PollingLog {
  readonly #logger: SafeLogger;
  #isWaiting = false;
  /** What was logged last; undefined while polling works. */
  #problem: Problem | undefined;

  constructor(errors: ErrorDescriber) {
    this.#logger = new SafeLogger('UpdatePoller', errors);
  }

  /** Another process is the leader. */
  waiting(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#logger.log(
      'Another process polls for the updates of this bot; this one takes over when that stops. A desk in another chat needs a bot of its own',
    );
  }

  /** This process is the leader. */
  elected(): void {
    this.#isWaiting = false;
  }

  started(): void {
    this.#logger.log('Polling Telegram for updates');
  }

  webhookRemoved(): void {
    this.#logger.warn('The registered webhook was removed, because polling.removeWebhook is set');
  }

  /** Why polling fails; undefined while it works. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  failed(error: Error): void {
    const problem = { finding: this.#logger.describe(error), remedy: remedyFor(error) };
    if (this.#problem?.finding === problem.finding) return;
    this.#problem = problem;
    this.#logger.error(`Polling failed, so no updates arrive: ${lineOfProblem(problem)}`);
  }

  working(): void {
    if (this.#problem) this.#logger.log('Polling works again');
    this.#problem = undefined;
  }

  debug(message: string, error: unknown): void {
    this.#logger.debug(`${message}: ${this.#logger.describe(error)}`);
  }
}

/** Whether polling fails because a webhook is registered. */
export function isWebhookConflict(error: unknown): boolean {
  return (
    error instanceof WebhookActiveError || (isConflict(error) && /webhook/i.test(error.description))
  );
}

function isConflict(error: unknown): error is BotApiError {
  return error instanceof BotApiError && error.errorCode === 409;
}

/** Undefined when the error says it itself. */
function remedyFor(error: Error): string | undefined {
  if (!isConflict(error) || isWebhookConflict(error)) return undefined;
  return 'Another process polls with the same bot token: stop it, or give it a bot of its own; processes that share a Redis take turns, with the option redis';
}
