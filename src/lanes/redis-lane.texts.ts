import type { DeadJob, Job } from '../queue/job.interface.js';

/** An item as it stands in a lane: its urgency, which scripts read, in front of its JSON. */
export function textOf<T>(item: Job<T>, urgency: number): string {
  return `${urgency}${JSON.stringify(item)}`;
}

/** Reads what {@link textOf} wrote. */
export function parseItem<T>(text: string): Job<T> {
  const item: Job<T> = JSON.parse(text.slice(text.indexOf('{')));
  return item;
}

/** Reads a dead letter, which is kept as JSON. */
export function parseLetter<T>(text: string): DeadJob<T> {
  const letter: DeadJob<T> = JSON.parse(text);
  return letter;
}
