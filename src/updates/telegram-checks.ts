import { isInteger, isRecord, isString, optional } from './json-checks.js';

/** The last second that a JavaScript `Date` can represent. */
const LAST_SECOND = 8_640_000_000_000;

/** Whether a value is a chat, as far as the desk reads it. */
export function isChat(value: unknown): boolean {
  return (
    isRecord(value) &&
    isInteger(value['id']) &&
    isString(value['type']) &&
    optional(value['title'], isString) &&
    optional(value['username'], isString)
  );
}

/** Whether a value is a user, as far as the desk reads it. */
export function isUser(value: unknown): boolean {
  return (
    isRecord(value) &&
    isInteger(value['id']) &&
    typeof value['is_bot'] === 'boolean' &&
    isString(value['first_name']) &&
    optional(value['last_name'], isString) &&
    optional(value['username'], isString)
  );
}

/** Whether a value is a list of message entities, as far as the desk reads it. */
export function isEntities(value: unknown): boolean {
  return Array.isArray(value) && value.every((entity) => isEntity(entity));
}

function isEntity(value: unknown): boolean {
  return (
    isRecord(value) &&
    isString(value['type']) &&
    isInteger(value['offset']) &&
    isInteger(value['length']) &&
    optional(value['url'], isString) &&
    optional(value['language'], isString) &&
    (value['type'] !== 'text_link' || isString(value['url']))
  );
}

/** Whether a value is a date, in seconds since the Unix epoch. */
export function isDate(value: unknown): boolean {
  return isInteger(value) && value >= 0 && value <= LAST_SECOND;
}
