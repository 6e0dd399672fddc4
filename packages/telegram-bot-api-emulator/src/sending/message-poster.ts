import type { InlineKeyboardMarkup, Message } from '@grammyjs/types';
import type { FloodGate } from '../floods/flood-gate.js';
import { BotApiError } from '../common/bot-api.error.js';
import type { MethodCall } from '../http/bot-api-method.js';
import { checkCallbackData, checkKeyboard, readKeyboard } from '../parameters/keyboard-reader.js';
import { readReplyKeyboard } from '../parameters/reply-keyboard-reader.js';
import { readReply, type ReplyRequest } from '../parameters/reply-reader.js';
import { TextError } from '../text/text.error.js';
import type { BotAccount } from '../world/bot-account.js';
import type { ChatResolver } from '../world/chat-resolver.js';
import type { ChatRoom } from '../world/chat-room.js';
import type { EmulatedWorld } from '../world/emulated-world.js';
import type { MessageSender } from '../world/message-composer.js';
import type { MessageKind } from './message-kinds.js';
import { placeReply } from './reply-placer.js';
import { checkNotBlocked, checkSendRights } from './send-rights.js';
import { checkEntitySize, type FinishedMessage } from './text-content.js';
import type { TopicFinder } from './topic-finder.js';

/** What bots' messages are sent with. */
export interface PostContext {
  readonly world: EmulatedWorld;
  readonly chats: ChatResolver;
  readonly floods: FloodGate;
  readonly topics: TopicFinder;
}

/** What there is to messages that are posted together. */
export interface PostOptions {
  /** Albums have no keyboard; the parameter is not even looked at. */
  readonly hasKeyboard: boolean;
}

/** A message that a bot wants to send, once the chat is known. */
export interface OutgoingMessage {
  readonly kind: MessageKind;
  /** Makes the fields of the message. A {@link TextError} says what is wrong with them. */
  readonly finish: (room: ChatRoom) => FinishedMessage;
}

interface Destination {
  readonly room: ChatRoom;
  readonly messageThreadId: number | undefined;
  readonly replied: Message | undefined;
  readonly reply: ReplyRequest;
  readonly keyboard: InlineKeyboardMarkup | undefined;
}

/**
 * Sends what bots send, checking in Telegram's order: reply parameters, keyboard, chat, topic,
 * replied message, keyboard content, length, rights, and at last what only the data centres know:
 * whether the user blocked the bot, whether the topic is closed, and the flood limits
 * (telegram-bot-api, Client.cpp:16117-16185; td: MessagesManager.cpp:21595-21640).
 */
export class MessagePoster {
  readonly #world: EmulatedWorld;
  readonly #chats: ChatResolver;
  readonly #floods: FloodGate;
  readonly #topics: TopicFinder;

  constructor({ world, chats, floods, topics }: PostContext) {
    this.#world = world;
    this.#chats = chats;
    this.#floods = floods;
    this.#topics = topics;
  }

  /** @throws {@link BotApiError} */
  post(call: MethodCall, message: OutgoingMessage): Message {
    const [posted] = this.postAll(call, [message]);
    if (!posted) throw new Error('Nothing was posted');
    return posted;
  }

  /**
   * Posts all of the messages or none.
   *
   * @throws {@link BotApiError}
   */
  postAll(
    call: MethodCall,
    messages: readonly OutgoingMessage[],
    { hasKeyboard }: PostOptions = { hasKeyboard: true },
  ): Message[] {
    const { bot, parameters } = call;
    const destination = this.#open(call, hasKeyboard);
    const { room, messageThreadId, keyboard, replied, reply } = destination;
    if (keyboard) checkKeyboard(keyboard);
    const finished = messages.map((message) => finishMessage(message, room));
    for (const { kind } of messages) checkSendRights(bot, room, kind);

    checkNotBlocked(bot, room);
    const placed = placeReply(room, messageThreadId, replied, reply);
    const topic = messageThreadId ?? topicOf(room, placed.replied);
    this.#topics.checkOpen(bot, room, topic);
    if (keyboard) checkCallbackData(keyboard);
    for (const { formatted } of finished) checkEntitySize(formatted);
    this.#floods.spend(bot, room, { kind: 'send', count: messages.length });
    const shown = hasKeyboard ? readReplyKeyboard(parameters) : undefined;
    return finished.map(({ content }) => {
      const posted = this.#world.post(room, {
        sender: senderOf(bot, room),
        replied: placed.replied,
        messageThreadId: topic,
        content: {
          ...placed.content,
          ...content,
          ...(parameters.boolean('protect_content') && { has_protected_content: true }),
          ...(keyboard && { reply_markup: keyboard }),
        },
      });
      if (shown) room.history.showReplyKeyboard(posted.message_id, shown);
      return posted;
    });
  }

  #open({ bot, parameters }: MethodCall, hasKeyboard: boolean): Destination {
    const reply = readReply(parameters);
    const keyboard = hasKeyboard ? readKeyboard(parameters) : undefined;
    const room = this.#chats.resolve(bot, parameters.text('chat_id'), 'write');
    const threadId = parameters.messageId('message_thread_id');
    const messageThreadId = this.#topics.find(bot, room, threadId);
    return { room, messageThreadId, replied: this.#findReplied(bot, room, reply), reply, keyboard };
  }

  /**
   * To an ephemeral message only an ephemeral one replies; td sends others without the reply, and to everybody
   * (MessagesManager.cpp, `create_message_input_reply_to`).
   */
  #findReplied(bot: BotAccount, room: ChatRoom, reply: ReplyRequest): Message | undefined {
    if (reply.messageId === 0) return undefined;
    const source = reply.chatId === '' ? room : this.#chats.resolve(bot, reply.chatId, 'read');
    const replied = source.history.find(reply.messageId);
    if (!replied && !reply.allowSendingWithoutReply) {
      throw BotApiError.of(400, 'message to be replied not found');
    }
    return replied;
  }
}

/**
 * The fields of a message.
 *
 * @throws {@link BotApiError} With what is wrong with them.
 */
export function finishMessage(message: OutgoingMessage, room: ChatRoom): FinishedMessage {
  try {
    return message.finish(room);
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    throw BotApiError.of(400, error.message);
  }
}

/** Without a topic of its own a reply goes to the topic of what it replies to. */
function topicOf(room: ChatRoom, replied: Message | undefined): number | undefined {
  return room.isForum && replied?.is_topic_message ? replied.message_thread_id : undefined;
}

/** In a channel a bot writes as the channel. */
export function senderOf({ user }: BotAccount, { chat }: ChatRoom): MessageSender {
  return chat.type === 'channel' ? { sender_chat: chat } : { from: user };
}
