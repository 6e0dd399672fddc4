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
    const { world, room, user } = this.#actor;
    this.#actor.requirePresence();
    const found = this.#actor.find(message);
    const data = findButton(found, button);
    const bot = world.botBehind(room, found);
    const id = String(BigInt(`0x${randomUUID().replaceAll('-', '').slice(0, 15)}`));
    bot.queries.add(id);
    const query: CallbackQuery = {
      id,
      from: user,
      message: found,
      chat_instance: String(BigInt(room.id) * 7_919n),
      data,
    };
    const event = { payload: query, key: `callback_query ${user.id}` };
    world.sendEvent(room, 'callback_query', event, ({ id: botId }) => botId === bot.id);
    return new ButtonPress(world.waiters, bot, id, data);
  }
}
