import type { Problem } from '../common/problem.js';
import { isTransient, NOT_THE_BOT_API, problemOfRefusal } from '../desk/desk-problems.js';
import { ForeignServerError } from '../desk/foreign-server.error.js';
import { BotApiError, BotApiRateLimitError, type ErrorDescriber } from '../errors/index.js';
import { connectionProblem } from './connection-problem.js';
import type { DeskFacts } from './desk-facts.js';

/** Whether Telegram has understood a call and refused it, so that the same call is refused again. */
export function isRefusal(error: unknown): error is BotApiError {
  return error instanceof BotApiError && !isTransient(error);
}

/** What is wrong when a check could not be made. */
export function problemOfFailure(
  error: unknown,
  { settings, adminChat }: Pick<DeskFacts, 'settings' | 'adminChat'>,
  errors: ErrorDescriber,
): Problem {
  if (error instanceof ForeignServerError) return NOT_THE_BOT_API;
  if (isRefusal(error)) return problemOfRefusal(error, adminChat.id);
  const finding = errors.describe(error);
  if (error instanceof BotApiRateLimitError) {
    const seconds = Math.ceil(error.retryAfterMs / 1000);
    return { finding, remedy: `Wait ${seconds} s, which Telegram asks for, and diagnose again` };
  }
  if (isTransient(error)) return connectionProblem(error, finding, settings.apiRoot);
  return { finding: `Not found out: ${finding}`, remedy: 'Diagnose again, and read the log' };
}
