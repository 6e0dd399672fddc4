import type { Message, Update } from '@grammyjs/types';
import { ALLOWED_UPDATES } from './allowed-updates.js';

/** Telegram nests messages a dozen deep. What is much deeper could not even be written as JSON again. */
const MOST_LEVELS = 64;

/** The last second of which JavaScript knows the date. */
const LAST_SECOND = 8_640_000_000_000;

/** Whether the body of a webhook request is an update at all: an object with an `update_id`. */
export function isUpdate(body: unknown): body is Update {
  return isRecord(body) && isInteger(body['update_id']);
}

/** What somebody has written or changed. */
export interface SaidUpdate {
  readonly kind: (typeof ALLOWED_UPDATES)[number];
  readonly message: Message;
}

/**
 * What somebody has written or changed, or null when the update tells of nothing that can be worked with.
 * Whatever the desk reads of a message has been checked here, so nothing further in can stumble over a
 * forged body; what is kept of it as a whole has to be {@link isShallow} as well.
 */
export function saidIn(update: Update): SaidUpdate | null {
  for (const kind of ALLOWED_UPDATES) {
    const message: unknown = update[kind];
    if (message !== undefined) return isWhole(message) ? { kind, message } : null;
  }
  return null;
}

/** Whether a message can be worked with, and what it answers as well. */
function isWhole(message: unknown): message is Message {
  return (
    isMessage(message) &&
    (!('reply_to_message' in message) || isReplied(message)) &&
    optional(message.external_reply, isExternalReply)
  );
}

/** Whether a message, or a part of one, is nested no deeper than it can be kept; looks at all of it. */
export function isShallow(value: unknown): boolean {
  return !isNested(value) || isNestedAtMost(value, MOST_LEVELS);
}

/** Is called for what holds others alone: most of an update are leaves, and each call costs more than a look. */
function isNestedAtMost(value: Readonly<Record<string, unknown>>, levels: number): boolean {
  if (levels === 0) return false;
  for (const key of Object.keys(value)) {
    const inner = value[key];
    if (isNested(inner) && !isNestedAtMost(inner, levels - 1)) return false;
  }
  return true;
}

/** An object or an array. */
function isNested(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isReplied(message: Message): boolean {
  const replied: unknown = message.reply_to_message;
  return isMessage(replied);
}

function isMessage(value: unknown): value is Message {
  return (
    isRecord(value) &&
    isInteger(value['message_id']) &&
    isDate(value['date']) &&
    isChat(value['chat']) &&
    optional(value['from'], isUser) &&
    optional(value['sender_chat'], isChat) &&
    optional(value['author_signature'], isString) &&
    optional(value['text'], isString) &&
    optional(value['caption'], isString) &&
    optional(value['entities'], isEntities) &&
    optional(value['caption_entities'], isEntities) &&
    optional(value['message_thread_id'], isInteger) &&
    optional(value['migrate_to_chat_id'], isInteger) &&
    optional(value['migrate_from_chat_id'], isInteger)
  );
}

function isExternalReply(value: unknown): boolean {
  return (
    isRecord(value) &&
    isOrigin(value['origin']) &&
    optional(value['chat'], isChat) &&
    optional(value['message_id'], isInteger)
  );
}

function isOrigin(value: unknown): boolean {
  if (!isRecord(value) || !isString(value['type'])) return false;
  return value['type'] !== 'user' || isUser(value['sender_user']);
}

function isChat(value: unknown): boolean {
  return (
    isRecord(value) &&
    isInteger(value['id']) &&
    isString(value['type']) &&
    optional(value['title'], isString) &&
    optional(value['username'], isString)
  );
}

function isUser(value: unknown): boolean {
  return (
    isRecord(value) &&
    isInteger(value['id']) &&
    typeof value['is_bot'] === 'boolean' &&
    isString(value['first_name']) &&
    optional(value['last_name'], isString) &&
    optional(value['username'], isString)
  );
}

function isEntities(value: unknown): boolean {
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

function optional(value: unknown, check: (value: unknown) => boolean): boolean {
  return value === undefined || check(value);
}

function isDate(value: unknown): boolean {
  return isInteger(value) && value >= 0 && value <= LAST_SECOND;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return isNested(value) && !Array.isArray(value);
}

function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}
