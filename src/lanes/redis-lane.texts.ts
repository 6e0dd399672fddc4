import type { DeadLetter, LaneItem } from './lane-item.interface.js';

/** An item as it stands in a lane: its urgency, which scripts read, in front of its JSON. */
export function textOf<T>(item: LaneItem<T>, urgency: number): string {
  return `${urgency}${JSON.stringify(item)}`;
}

/** Reads what {@link textOf} wrote. */
export function parseItem<T>(text: string): LaneItem<T> {
  const item: LaneItem<T> = JSON.parse(text.slice(text.indexOf('{')));
  return item;
}

/** Reads a dead letter, which is kept as JSON. */
export function parseLetter<T>(text: string): DeadLetter<T> {
  const letter: DeadLetter<T> = JSON.parse(text);
  return letter;
}
