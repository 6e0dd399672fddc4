import type { InlineKeyboardMarkup, Message } from '@grammyjs/types';
import { BotApiError } from '../common/bot-api.error.js';
import type { MethodCall } from '../http/bot-api-method.js';
import { type EphemeralRequest, readEphemeral } from '../parameters/ephemeral-reader.js';
import { checkCallbackData, checkKeyboard, readKeyboard } from '../parameters/keyboard-reader.js';
import { readReply } from '../parameters/reply-reader.js';
import { composeEphemeral } from '../world/ephemeral-composer.js';
import { EphemeralRules } from './ephemeral-rules.js';
import {
  finishMessage,
  type MessagePoster,
  type OutgoingMessage,
  type PostContext,
} from './message-poster.js';
import { checkEntitySize } from './text-content.js';

/**
 * Sends what bots may send to one person alone. Without `ephemeral_message_parameters` it is an ordinary message. The
 * rights of members do not count (td: MessagesManager.cpp, `send_ephemeral_message`), nor is a topic asked whether it is open.
 * Each costs as much of the flood limits as any message; what it costs at Telegram is not known.
 */
export class EphemeralPoster {
  readonly #context: PostContext;
  readonly #rules: EphemeralRules;
  readonly #poster: MessagePoster;

  constructor(context: PostContext, poster: MessagePoster) {
    this.#context = context;
    this.#rules = new EphemeralRules(context.world);
    this.#poster = poster;
  }

  /** @throws {@link BotApiError} */
  post(call: MethodCall, message: OutgoingMessage): Message {
    const request = readEphemeral(call.parameters);
    return request ? this.#send(call, message, request) : this.#poster.post(call, message);
  }

  #send(call: MethodCall, message: OutgoingMessage, request: EphemeralRequest): Message {
    const { bot, parameters } = call;
    const { chats, topics, floods, world } = this.#context;
    const reply = readReply(parameters);
    const keyboard = readKeyboard(parameters);
    const room = chats.resolve(bot, parameters.text('chat_id'), 'write');
    const messageThreadId = topics.find(bot, room, parameters.messageId('message_thread_id'));
    if (keyboard) checkKeyboard(keyboard);
    const { content, formatted } = finishMessage(message, room);
    const { receiver, replied, replaces } = this.#rules.check(bot, room, request, reply);
    if (keyboard) checkButtons(keyboard);
    checkEntitySize(formatted);
    floods.spend(bot, room, { kind: 'send', count: 1 });
    const replaced = replaces === undefined ? undefined : room.history.find(replaces);
    const place = {
      personId: receiver.id,
      botId: bot.id,
      after: room.history.lastId,
      replaces,
      topicId: replaced ? topicOf(replaced) : messageThreadId,
    };
    return room.ephemeral.add(place, (ephemeralId) =>
      composeEphemeral(room, {
        ephemeralId,
        receiver,
        sender: { from: bot.user },
        date: world.seconds,
        replied,
        messageThreadId,
        content: {
          ...content,
          ...(parameters.boolean('protect_content') && { has_protected_content: true }),
          ...(keyboard && { reply_markup: keyboard }),
        },
      }),
    );
  }
}

/** Undefined in the General topic. */
function topicOf(message: Message): number | undefined {
  return message.is_topic_message ? message.message_thread_id : undefined;
}

/** Ephemeral messages have no `login_url`, says its documentation; the error is inferred. */
function checkButtons(keyboard: InlineKeyboardMarkup): void {
  checkCallbackData(keyboard);
  if (keyboard.inline_keyboard.flat().some((button) => 'login_url' in button)) {
    throw BotApiError.of(400, 'BUTTON_TYPE_INVALID');
  }
}
