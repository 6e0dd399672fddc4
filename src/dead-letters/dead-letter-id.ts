import { DEFAULT_DESK } from '../threads/thread-record.js';
import type { DeadLetter } from './dead-letter.interface.js';

/** What the id of a dead letter is made of. */
export interface LetterKey extends Pick<DeadLetter, 'desk' | 'direction'> {
  readonly jobId: string;
}

/** The names of desks contain neither a slash nor a colon. */
const ID = /^(?:([\w-]+)\/)?(inbound|outbound):(.*)$/s;

/** The id of a dead letter, unique among all desks of a bot. */
export function letterId(desk: string, direction: DeadLetter['direction'], jobId: string): string {
  const id = `${direction}:${jobId}`;
  return desk === DEFAULT_DESK ? id : `${desk}/${id}`;
}

/** Null for a text that is no such id. */
export function readLetterId(id: string): LetterKey | null {
  const [, desk = DEFAULT_DESK, direction, jobId = ''] = ID.exec(id) ?? [];
  if (direction !== 'inbound' && direction !== 'outbound') return null;
  return { desk, direction, jobId };
}
