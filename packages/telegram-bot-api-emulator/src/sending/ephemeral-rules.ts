import type { Message, User } from '@grammyjs/types';
import { BotApiError } from '../common/bot-api.error.js';
import type { EphemeralRequest } from '../parameters/ephemeral-reader.js';
import type { ReplyRequest } from '../parameters/reply-reader.js';
import type { BotAccount } from '../world/bot-account.js';
import type { ChatRoom } from '../world/chat-room.js';
import type { EmulatedWorld } from '../world/emulated-world.js';

/** An ephemeral message that a bot may send. */
export interface EphemeralRoute {
  readonly receiver: User;
  readonly replied: Message | undefined;
  /** The message in whose place the receiver sees it. */
  readonly replaces: number | undefined;
}

/** For so long any bot may answer a press, or an ephemeral message, by an ephemeral one. */
const ANSWER_MS = 15_000;

const MESSAGE_ID_INVALID = 'MESSAGE_ID_INVALID';
const REPLY_NOT_FOUND = 'message to be replied not found';

/**
 * Says who may send ephemeral messages to whom: an administrator at any time to every member that is no bot, any bot
 * within 15 seconds to whoever has pressed a button of it or sent it an ephemeral message
 * (core.telegram.org/bots/api#ephemeral-messages-and-commands). Of the errors, `BOT_NOT_ADMIN` was seen in private
 * chats, and `MESSAGE_NOT_COMMAND` at replies to ordinary messages (kurigram#337); all others are inferred from those
 * of the data centre for like cases.
 */
export class EphemeralRules {
  readonly #world: EmulatedWorld;

  constructor(world: EmulatedWorld) {
    this.#world = world;
  }

  /** @throws {@link BotApiError} */
  check(
    bot: BotAccount,
    room: ChatRoom,
    request: EphemeralRequest,
    reply: ReplyRequest,
  ): EphemeralRoute {
    const receiver = this.#world.findUser(request.receiverId);
    if (!receiver) throw BotApiError.of(400, 'user not found');
    if (room.chat.type === 'private') throw BotApiError.of(400, 'BOT_NOT_ADMIN');
    if (room.chat.type === 'channel') throw BotApiError.of(400, 'PEER_ID_INVALID');
    const replied = findReplied(bot, room, request, reply);
    const pressed = findPressed(bot, room, request);
    const isAnswer = pressed !== undefined || replied?.ephemeral_message_id !== undefined;
    if (!isAnswer && room.statusOf(bot.id) !== 'administrator') {
      throw BotApiError.of(400, replied ? 'MESSAGE_NOT_COMMAND' : 'BOT_NOT_ADMIN');
    }
    if (receiver.is_bot) throw BotApiError.of(400, 'USER_ID_INVALID');
    if (!isAnswer && !room.has(receiver.id)) throw BotApiError.of(400, 'USER_NOT_PARTICIPANT');
    return { receiver, replied, replaces: findReplaced(room, request, pressed) };
  }
}

/** What is not there fails; `allow_sending_without_reply` does not count for ephemeral messages. */
function findReplied(
  bot: BotAccount,
  room: ChatRoom,
  { receiverId }: EphemeralRequest,
  { ephemeralMessageId, messageId, chatId }: ReplyRequest,
): Message | undefined {
  if (ephemeralMessageId !== 0) {
    const found = room.ephemeral.find(ephemeralMessageId);
    const isIncoming = found?.botId === bot.id && found.message.from?.id === receiverId;
    if (!isIncoming || !room.ephemeral.isRecent(ephemeralMessageId, ANSWER_MS)) {
      throw BotApiError.of(400, REPLY_NOT_FOUND);
    }
    return found.message;
  }
  // A message of another chat cannot be replied to; td leaves the reply away (MessagesManager.cpp, create_message_input_reply_to).
  if (messageId === 0 || chatId !== '') return undefined;
  const found = room.history.find(messageId);
  if (!found) throw BotApiError.of(400, REPLY_NOT_FOUND);
  return found;
}

/** The id of the message whose button was pressed, 0 of an ephemeral one; undefined when no press is answered. */
function findPressed(
  bot: BotAccount,
  room: ChatRoom,
  { queryId, receiverId }: EphemeralRequest,
): number | undefined {
  if (queryId === '') return undefined;
  const query = bot.queries.findRecent(queryId, ANSWER_MS);
  if (query?.userId === receiverId && query.chatId === room.id) return query.messageId;
  throw BotApiError.of(400, 'query is too old and response timeout expired or query ID is invalid');
}

/** Ephemeral messages are not replaced, but edited, as the documentation says. */
function findReplaced(
  room: ChatRoom,
  { replacesMessage }: EphemeralRequest,
  pressed: number | undefined,
): number | undefined {
  if (!replacesMessage) return undefined;
  if (pressed === undefined || !room.history.find(pressed)) {
    throw BotApiError.of(400, MESSAGE_ID_INVALID);
  }
  return pressed;
}
