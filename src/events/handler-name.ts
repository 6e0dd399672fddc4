import { NAMED_EVENT_TYPES, type StoredEvent } from './stored-event.interface.js';

/** The name of a method as a handler of one type of event; a method may handle several. */
export function handlerName(type: StoredEvent['type'], method: string): string {
  return type === 'reply' ? method : `${method} (${type})`;
}

/** The type of event that the handler of a name handles. */
export function typeOfHandler(name: string): StoredEvent['type'] {
  return NAMED_EVENT_TYPES.find((type) => name.endsWith(` (${type})`)) ?? 'reply';
}
