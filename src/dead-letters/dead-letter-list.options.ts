import { TelegramArgumentError } from '../errors/index.js';
import { kindOf } from '../errors/kind-of.js';
import type { DeadLetterPage } from '../queue/dead-letter-page.js';
import { readLetterId, type LetterKey } from './dead-letter-id.js';
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

/** One queue of dead letters: those of the same time come in the order of the queues, then in that of their ids. */
export interface LetterQueue extends Omit<LetterKey, 'jobId'> {
  /** The place of the queue among all. */
  readonly rank: number;
}

/** The page of one queue. */
export function pageOf(
  { rank }: LetterQueue,
  queues: readonly LetterQueue[],
  { limit, after }: DeadLetterListOptions,
): DeadLetterPage {
  if (!after) return { limit };
  const failedAtMs = after.diedAt.getTime();
  const key = readLetterId(after.id);
  const place = queues.find(
    ({ desk, direction }) => desk === key?.desk && direction === key.direction,
  );
  if (key && place?.rank === rank) return { limit, after: { failedAtMs, id: key.jobId } };
  const areBehind = place === undefined || rank > place.rank;
  return { limit, after: { failedAtMs: areBehind ? failedAtMs : failedAtMs + 1, id: '' } };
}

function isPlace(after: unknown): boolean {
  if (typeof after !== 'object' || after === null) return false;
  if (!('id' in after && 'diedAt' in after && after.diedAt instanceof Date)) return false;
  return typeof after.id === 'string' && !Number.isNaN(after.diedAt.getTime());
}
