import type { Message } from '@grammyjs/types';
import { BotApiFailure } from '../http/bot-api.failure.js';
import type { BotApiMethod, BotApiSuccess } from '../http/bot-api.method.js';
import type { BotApiParameters } from '../parameters/bot-api.parameters.js';
import type { ChatResolver } from '../world/chat.resolver.js';
import type { ChatRoom } from '../world/chat.room.js';
import type { EmulatedWorld } from '../world/emulated.world.js';
import { type FloodLimit, FloodWindow } from '../floods/flood.window.js';
import type { FormattedText } from '../text/formatted-text.interface.js';
import { readInputText } from '../parameters/input-text.reader.js';
import { textContent } from '../world/message.composer.js';
import { readKeyboard, readLinkPreview } from '../parameters/message-options.reader.js';
import { readReply, type ReplyRequest } from '../parameters/reply.reader.js';
import { TextError } from '../text/text.error.js';
import { finishText } from '../text/text.finisher.js';

/** Counted in code points, after the markup is gone (td: MessageContent.cpp:4757). */
const MAX_TEXT_LENGTH = 4_096;
/** Telegram's own limit is not published; it was seen at about this size. */
const MAX_ENTITY_BYTES = 9_500;
/** What an entity takes besides the texts it holds, as MTProto writes it. */
const ENTITY_BYTES = 16;
/** The thread id of a forum's General topic, which is to be omitted. */
const GENERAL_THREAD_ID = 1;

/** How many messages Telegram takes; undefined where there is no limit. */
export interface FloodLimits {
  readonly group: FloodLimit | undefined;
  readonly private: FloodLimit | undefined;
}

/**
 * Checks in Telegram's order: link preview, text, markup, reply parameters, keyboard, chat, topic,
 * replied message, length, rights, and at last what only its data centres know: whether the user
 * blocked the bot, and the flood limit (telegram-bot-api, Client.cpp:16117-16185).
 */
export class SendMessageMethod implements BotApiMethod {
  readonly name = 'sendMessage';
  readonly #world: EmulatedWorld;
  readonly #chats: ChatResolver;
  readonly #limits: FloodLimits;
  readonly #flood: FloodWindow;

  constructor(world: EmulatedWorld, chats: ChatResolver, limits: FloodLimits) {
    this.#world = world;
    this.#chats = chats;
    this.#limits = limits;
    this.#flood = new FloodWindow(world.clock);
  }

  call(parameters: BotApiParameters): BotApiSuccess {
    const preview = readLinkPreview(parameters);
    const input = readInputText(parameters);
    const reply = readReply(parameters);
    const keyboard = readKeyboard(parameters);
    const room = this.#chats.resolve(parameters.text('chat_id'), 'write');
    const messageThreadId = this.#findTopic(room, parameters.messageId('message_thread_id'));
    const replied = this.#findReplied(room, reply);
    const formatted = this.#finish(input);
    this.#checkRights(room);
    const quoted = replied && reply.quote !== '' ? quote(replied, reply.quote) : {};
    checkEntitySize(formatted);
    this.#spend(room);

    // What is replied to from another chat or topic is told of, but is not a reply.
    const isHere =
      replied?.chat.id === room.id &&
      (messageThreadId ?? replied.message_thread_id) === replied.message_thread_id;
    const message = this.#world.post(room, {
      sender: { from: this.#world.bot.user },
      replied: isHere ? replied : undefined,
      messageThreadId,
      content: {
        ...(replied && !isHere && externalReply(replied)),
        ...quoted,
        ...textContent(formatted, (id) => this.#world.findUser(id)),
        ...(preview && { link_preview_options: preview }),
        ...(parameters.boolean('protect_content') && { has_protected_content: true }),
        ...(keyboard && { reply_markup: keyboard }),
      },
    });
    return { result: message };
  }

  #findReplied(room: ChatRoom, reply: ReplyRequest): Message | undefined {
    if (reply.messageId === 0) return undefined;
    const source = reply.chatId === '' ? room : this.#chats.resolve(reply.chatId, 'read');
    const replied = source.history.find(reply.messageId);
    if (!replied && !reply.allowSendingWithoutReply) {
      throw BotApiFailure.of(400, 'message to be replied not found');
    }
    return replied;
  }

  /** Where there are no topics the parameter is ignored (telegram-bot-api, Client.cpp:8255-8292). */
  #findTopic(room: ChatRoom, messageThreadId: number): number | undefined {
    if (messageThreadId === 0 || !room.chat.is_forum) return undefined;
    if (messageThreadId === GENERAL_THREAD_ID || !room.hasTopic(messageThreadId)) {
      throw BotApiFailure.of(400, 'message thread not found');
    }
    return messageThreadId;
  }

  #finish(input: FormattedText): FormattedText {
    try {
      const formatted = finishText(input);
      if (Array.from(formatted.text).length > MAX_TEXT_LENGTH) {
        throw new TextError('Message is too long');
      }
      return formatted;
    } catch (error) {
      if (!(error instanceof TextError)) throw error;
      throw BotApiFailure.of(400, error.message);
    }
  }

  #checkRights(room: ChatRoom): void {
    if (room.botStatus === 'restricted') {
      throw BotApiFailure.of(400, 'not enough rights to send text messages to the chat');
    }
    if (room.chat.type === 'private' && room.botStatus === 'kicked') {
      throw BotApiFailure.of(403, 'bot was blocked by the user');
    }
  }

  #spend(room: ChatRoom): void {
    const limit = room.chat.type === 'private' ? this.#limits.private : this.#limits.group;
    const seconds = limit ? this.#flood.take(room.id, limit) : 0;
    if (seconds > 0) throw BotApiFailure.flood(seconds);
  }
}

function quote(replied: Message, text: string): Pick<Message, 'quote'> {
  const position = (replied.text ?? replied.caption ?? '').indexOf(text);
  if (position < 0) throw BotApiFailure.of(400, 'QUOTE_TEXT_INVALID');
  return { quote: { text, position, is_manual: true } };
}

function externalReply(replied: Message): Pick<Message, 'external_reply'> {
  const { from, sender_chat: senderChat, date, chat } = replied;
  const isSupergroup = chat.type === 'supergroup';
  const origin = senderChat
    ? ({ type: 'chat', sender_chat: senderChat, date } as const)
    : from
      ? ({ type: 'user', sender_user: from, date } as const)
      : ({ type: 'hidden_user', sender_user_name: '', date } as const);
  return {
    external_reply: { origin, ...(isSupergroup && { chat, message_id: replied.message_id }) },
  };
}

function checkEntitySize({ entities }: FormattedText): void {
  const size = entities.reduce(
    (sum, { url = '', language = '' }) =>
      sum + ENTITY_BYTES + Buffer.byteLength(url) + Buffer.byteLength(language),
    0,
  );
  if (size > MAX_ENTITY_BYTES) throw BotApiFailure.of(400, 'ENTITIES_TOO_LONG');
}
