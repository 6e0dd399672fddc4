import { randomUUID } from 'node:crypto';
import type { CallbackQuery, Message } from '@grammyjs/types';
import { ButtonPress } from './button-press.js';
import type { ChatActor } from './chat-actor.js';
import { findButton } from './find-button.js';

/** Presses buttons for somebody in a chat. */
export class AgentButtons {
  readonly #actor: ChatActor;

  constructor(actor: ChatActor) {
    this.#actor = actor;
  }

  /** Anonymous administrators are named all the same. */
  press(message: Message | number, button: string): ButtonPress {
    this.#actor.requireSight();
    const found = this.#actor.findSeen(message);
    return this.#send(found, findButton(found, button));
  }

  /** Where the message is gone, the bot learns no more of it than its id (telegram-bot-api, Client.cpp:1723-1738, 4895-4899). */
  pressStale(message: Message, button: string): ButtonPress {
    const { room } = this.#actor;
    if (message.chat.id !== room.id) throw new Error(`The message is not of chat ${room.id}`);
    return this.#send(message, findButton(message, button));
  }

  #send(pressed: Message, data: string): ButtonPress {
    const { world, room, user } = this.#actor;
    const bot = world.botBehind(room, pressed);
    const { message_id: messageId } = pressed;
    const isEphemeral = pressed.ephemeral_message_id !== undefined;
    const id = String(BigInt(`0x${randomUUID().replaceAll('-', '').slice(0, 15)}`));
    bot.queries.add(id, { userId: user.id, chatId: room.id, messageId });
    const current = isEphemeral ? pressed : room.history.find(messageId);
    const query: CallbackQuery = {
      id,
      from: user,
      message: current ?? { message_id: messageId, chat: room.chat, date: 0 },
      // Of ephemeral messages it is 0 (td: CallbackQueriesManager.cpp, on_new_ephemeral_callback_query).
      chat_instance: isEphemeral ? '0' : String(BigInt(room.id) * 7_919n),
      data,
    };
    const event = { payload: query, key: `callback_query ${user.id}` };
    world.sendEvent(room, 'callback_query', event, ({ id: botId }) => botId === bot.id);
    return new ButtonPress(world.waiters, bot, {
      id,
      data,
      repeat: () => this.#send(pressed, data),
    });
  }
}
