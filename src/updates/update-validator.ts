import type { Message, Update } from '@grammyjs/types';
import { agentOf } from './agent.js';
import { answeredMessage } from './answered-message.js';
import type { IncomingUpdate, UpdateType } from './incoming-update.interface.js';
import { isInteger, isRecord, isShallow, isString, optional } from './json-checks.js';
import { isServiceMessage } from './service-message.js';

/** The last second that a JavaScript `Date` can represent. */
const LAST_SECOND = 8_640_000_000_000;

/** The types of updates whose content is a message. */
const MESSAGE_TYPES: ReadonlySet<UpdateType> = new Set<UpdateType>([
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
]);

/** Whether the body of a webhook request is an update at all: an object with an `update_id`. */
export function isUpdate(body: unknown): body is Update {
  return isRecord(body) && isInteger(body['update_id']);
}

/**
 * Reads an update once, for all handlers. Everything that the desk reads of a message is checked here, so
 * that no forged body makes later code fail.
 *
 * @param types The types that are handled.
 * @param botId Whose messages count as notices.
 * @returns Null when it is of another type, or its message is malformed or nested too deeply to be stored.
 */
export function readUpdate(
  update: Update,
  types: readonly UpdateType[],
  botId: number,
): IncomingUpdate | null {
  const type = types.find((each) => update[each] !== undefined);
  if (type === undefined) return null;
  const id = update.update_id;
  if (!MESSAGE_TYPES.has(type)) {
    return { id, type, raw: update, message: null, agent: null, answered: { kind: 'nothing' } };
  }
  const message: unknown = update[type];
  if (!isWhole(message) || !isShallow(message)) return null;
  const agent = isServiceMessage(message) ? null : agentOf(message);
  return { id, type, raw: update, message, agent, answered: answeredMessage(message, botId) };
}

/** Whether a message, and the one that it answers, can be worked with. */
function isWhole(message: unknown): message is Message {
  return (
    isMessage(message) &&
    (!('reply_to_message' in message) || isReplied(message)) &&
    optional(message.external_reply, isExternalReply)
  );
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

function isDate(value: unknown): boolean {
  return isInteger(value) && value >= 0 && value <= LAST_SECOND;
}
