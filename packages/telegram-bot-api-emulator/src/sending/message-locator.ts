import type { Message } from '@grammyjs/types';
import { BotApiError } from '../common/bot-api.error.js';
import type { MethodCall } from '../http/bot-api-method.js';
import { isServiceMessage } from '../world/bot-visibility.js';
import type { ChatAccess, ChatResolver } from '../world/chat-resolver.js';
import type { ChatRoom } from '../world/chat-room.js';

/** A message and where it is. */
export interface LocatedMessage {
  readonly room: ChatRoom;
  readonly message: Message;
  /** Where an edited message goes to; by default the history of the chat. */
  readonly store?: { replace(message: Message): void };
}

/** Finds the message that a call is about. */
export class MessageLocator {
  readonly #chats: ChatResolver;

  constructor(chats: ChatResolver) {
    this.#chats = chats;
  }

  /**
   * The message of `chat_id` and `message_id`.
   *
   * @param what What Telegram says is not found: `message to edit`.
   * @throws {@link BotApiError}
   */
  find({ bot, parameters }: MethodCall, access: ChatAccess, what: string): LocatedMessage {
    const room = this.#chats.resolve(bot, parameters.text('chat_id'), access);
    const message = room.history.find(parameters.messageId('message_id'));
    if (!message) throw BotApiError.of(400, `${what} not found`);
    return { room, message };
  }

  /**
   * The bot's own message that a call wants to change. Own messages can be changed for ever, but
   * for forwarded ones, those that brought a reply keyboard, and service messages.
   *
   * @param refusal What Telegram says when it cannot be changed.
   * @throws {@link BotApiError}
   */
  findEditable(call: MethodCall, refusal = "message can't be edited"): LocatedMessage {
    if (isInline(call)) throw explainInline(call);
    const found = this.find(call, 'write', 'message to edit');
    const { room, message } = found;
    const isOwn =
      room.chat.type === 'channel'
        ? room.hasRight(call.bot.id, 'can_edit_messages')
        : message.from?.id === call.bot.id;
    const isFixed =
      message.forward_origin !== undefined ||
      isServiceMessage(message) ||
      room.history.replyKeyboardOf(message.message_id) !== undefined;
    if (!isOwn || isFixed) {
      throw BotApiError.of(400, refusal);
    }
    return found;
  }
}

/** A call that names neither chat nor message is about a message that was sent through the bot. */
function isInline({ parameters }: MethodCall): boolean {
  return parameters.text('chat_id') === '' && parameters.messageId('message_id') === 0;
}

/** No message of the emulator was sent through a bot. */
function explainInline({ parameters }: MethodCall): BotApiError {
  return parameters.text('inline_message_id') === ''
    ? BotApiError.of(400, 'message identifier is not specified')
    : BotApiError.of(400, 'invalid inline message identifier specified');
}
