import type { Message, Update } from '@grammyjs/types';
import { agentOf } from './agent.js';
import { answeredMessage } from './answered-message.js';
import { isCallbackQuery, pressOf } from './button-press.js';
import type { IncomingUpdate, UpdateType } from './incoming-update.interface.js';
import { isInteger, isRecord, isShallow, isString, optional } from './json-checks.js';
import { isMembershipChange } from './membership-change.js';
import { isReactionChange } from './reaction-change.js';
import { isServiceMessage } from './service-message.js';
import { isChat, isDate, isEntities, isUser } from './telegram-checks.js';

/** The types of updates whose content is a message. */
const MESSAGE_TYPES: ReadonlySet<UpdateType> = new Set<UpdateType>([
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
]);

/** What an update has when it carries nothing of the kind. */
const NOTHING = {
  message: null,
  agent: null,
  answered: { kind: 'nothing' },
  reaction: null,
  press: null,
  membership: null,
} as const;

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
 * @returns Null when it is of another type, or its content is malformed or nested too deeply to be stored.
 */
export function readUpdate(
  update: Update,
  types: readonly UpdateType[],
  botId: number,
): IncomingUpdate | null {
  const type = types.find((each) => update[each] !== undefined);
  if (type === undefined) return null;
  const base = { ...NOTHING, id: update.update_id, type, raw: update };
  const content: unknown = update[type];
  if (type === 'message_reaction') {
    return isReactionChange(content) ? { ...base, reaction: content } : null;
  }
  if (type === 'callback_query') {
    return isCallbackQuery(content) ? { ...base, press: pressOf(content) } : null;
  }
  if (type === 'my_chat_member') {
    return isMembershipChange(content) ? { ...base, membership: content } : null;
  }
  if (!MESSAGE_TYPES.has(type)) return base;
  if (!isWhole(content) || !isShallow(content)) return null;
  const agent = isServiceMessage(content) ? null : agentOf(content);
  return { ...base, message: content, agent, answered: answeredMessage(content, botId) };
}

/** Whether a message, and the one that it answers, can be worked with. */
function isWhole(message: unknown): message is Message {
  return (
    isMessage(message) &&
    (!('reply_to_message' in message) || isReplied(message)) &&
    optional(message.external_reply, isExternalReply) &&
    optional(message.quote, isQuote)
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
    optional(value['edit_date'], isDate) &&
    isChat(value['chat']) &&
    optional(value['from'], isUser) &&
    optional(value['sender_chat'], isChat) &&
    optional(value['author_signature'], isString) &&
    optional(value['text'], isString) &&
    optional(value['caption'], isString) &&
    optional(value['entities'], isEntities) &&
    optional(value['caption_entities'], isEntities) &&
    optional(value['message_thread_id'], isInteger) &&
    optional(value['forum_topic_created'], isTopicChange) &&
    optional(value['forum_topic_edited'], isTopicChange) &&
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

function isQuote(value: unknown): boolean {
  return isRecord(value) && isString(value['text']);
}

/** What was set when a topic was created or edited. */
function isTopicChange(value: unknown): boolean {
  return isRecord(value) && optional(value['name'], isString);
}
