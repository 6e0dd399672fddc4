import type { BotApiMethod } from '../bot/bot-api-types.js';

/** Methods with the name of a send that leave no message in the chat. */
const NO_MESSAGE: ReadonlySet<string> = new Set([
  'sendChatAction',
  'sendChatJoinRequestWebApp',
  'sendMessageDraft',
  'sendRichMessageDraft',
]);

const SENDS = /^(send|copyMessage|forwardMessage)/;
/** Each leaves a service message in the chat. */
const TOPIC_CHANGES = /^(create|edit|close|reopen|hide|unhide)(General)?ForumTopic$/;
const EDITS = /^edit(Ephemeral)?Message|^stop(Poll|MessageLiveLocation)$/;

/**
 * How much of a chat's rate limit a call takes.
 *
 * The Bot API's FAQ counts messages, 20 in a minute to a group; edits count in the limit of a chat as
 * well (Telegram's A. Levin, in grammyjs/website#1076), and so does the service message of a topic that
 * is created, changed, closed or reopened.
 * An album is as many messages as it has items. A reaction, an action such as "typing", and
 * whatever only reads counts nothing.
 */
export function costOfCall(method: BotApiMethod, params: object): number {
  if (NO_MESSAGE.has(method)) return 0;
  if (method === 'sendMediaGroup') return lengthOf(params, 'media');
  if (method === 'copyMessages' || method === 'forwardMessages') {
    return lengthOf(params, 'message_ids');
  }
  const isMessage = [SENDS, EDITS, TOPIC_CHANGES].some((methods) => methods.test(method));
  return isMessage ? 1 : 0;
}

function lengthOf(params: object, name: string): number {
  const list: unknown = Reflect.get(params, name);
  return Array.isArray(list) ? list.length : 1;
}
