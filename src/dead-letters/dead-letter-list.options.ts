import { TelegramArgumentError } from '../errors/index.js';
import { kindOf } from '../errors/kind-of.js';
import type { DeadLetterPage } from '../queue/dead-letter-page.js';
import type { DeadLetter } from './dead-letter.interface.js';

/**
 * Which dead letters `deadLetters.list()` returns.
 *
 * @publicApi
 */
export interface DeadLetterListOptions {
  /** At most this many, a whole number of at least 1; all by default. */
  readonly limit?: number | undefined;
  /** Only those that come after this letter, which may have been retried or discarded meanwhile. */
  readonly after?: Pick<DeadLetter, 'id' | 'diedAt'> | undefined;
}

/** @throws {@link TelegramArgumentError} */
export function checkListOptions({ limit, after }: DeadLetterListOptions): void {
  const problems: Array<[field: string, problem: string]> = [];
  if (limit !== undefined && !(Number.isInteger(limit) && limit > 0)) {
    problems.push([
      'limit',
      `limit must be a whole number from 1 on, got ${typeof limit === 'number' ? limit : kindOf(limit)}`,
    ]);
  }
  if (after !== undefined && !isPlace(after)) {
    problems.push(['after', 'after must be a dead letter, with its id and diedAt']);
  }
  if (problems.length === 0) return;
  const [fields, words] = [problems.map(([field]) => field), problems.map(([, word]) => word)];
  throw new TelegramArgumentError('deadLetters.list', fields, words);
}

/**
 * The page of one queue. Letters of the same time come in the order of their ids, and so all inbound ones
 * before the outbound ones.
 */
export function pageOf(
  direction: DeadLetter['direction'],
  { limit, after }: DeadLetterListOptions,
): DeadLetterPage {
  if (!after) return { limit };
  const diedAtMs = after.diedAt.getTime();
  if (after.id.startsWith(`${direction}:`)) {
    return { limit, after: { failedAtMs: diedAtMs, id: after.id.slice(direction.length + 1) } };
  }
  const areBehind = direction === 'outbound';
  return { limit, after: { failedAtMs: areBehind ? diedAtMs : diedAtMs + 1, id: '' } };
}

function isPlace(after: unknown): boolean {
  if (typeof after !== 'object' || after === null) return false;
  if (!('id' in after && 'diedAt' in after && after.diedAt instanceof Date)) return false;
  return typeof after.id === 'string' && !Number.isNaN(after.diedAt.getTime());
}
