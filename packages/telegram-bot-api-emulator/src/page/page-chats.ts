import { EmulatedBot } from '../bots/emulated-bot.js';
import { EmulatedChat } from '../chats/emulated-chat.js';
import type { FloodGate } from '../floods/flood-gate.js';
import type { BotAccount } from '../world/bot-account.js';
import type { ChatRoom } from '../world/chat-room.js';
import type { EmulatedWorld } from '../world/emulated-world.js';

/** Chats and bots as a test has them, for the actions of the page. */
export class PageChats {
  readonly #world: EmulatedWorld;
  readonly #floods: FloodGate;

  constructor(world: EmulatedWorld, floods: FloodGate) {
    this.#world = world;
    this.#floods = floods;
  }

  chat(room: ChatRoom): EmulatedChat {
    const isPrivate = room.chat.type === 'private';
    const own = isPrivate ? this.#world.bots.find(({ id }) => room.members.has(id)) : undefined;
    return new EmulatedChat(this.#world, this.#floods, room, own ?? this.#world.bots[0]);
  }

  bot(id: number): EmulatedBot {
    return new EmulatedBot(this.account(id));
  }

  /** @throws {Error} When there is no such bot. */
  account(id: number): BotAccount {
    const account = this.#world.findBot(id);
    if (!account) throw new Error(`There is no bot ${id}`);
    return account;
  }
}
