import type { ChatRoom } from '../world/chat-room.js';
import type { EmulatedWorld } from '../world/emulated-world.js';
import { PageError } from './page.error.js';

/** Names chats for the page: by their ids, private chats also by the bot that they are with. */
export class RoomKeys {
  readonly #world: EmulatedWorld;

  constructor(world: EmulatedWorld) {
    this.#world = world;
  }

  keyOf(room: ChatRoom): string {
    if (room.chat.type !== 'private') return String(room.id);
    const bot = this.#world.bots.find(({ id }) => room.members.has(id));
    return `${room.id}@${bot?.id}`;
  }

  /** @throws {@link PageError} When there is no such chat. */
  find(key: string): ChatRoom {
    const [, id = '', botId] = /^(-?\d{1,16})(?:@(\d{1,16}))?$/.exec(key) ?? [];
    const bot = botId === undefined ? this.#world.bots[0] : this.#world.findBot(Number(botId));
    const room = bot && this.#world.rooms.find(Number(id), bot);
    if (!room || this.keyOf(room) !== key) {
      throw new PageError(400, `There is no chat ${JSON.stringify(key)}`);
    }
    return room;
  }
}
