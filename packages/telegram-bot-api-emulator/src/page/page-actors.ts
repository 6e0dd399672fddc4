import type { Message } from '@grammyjs/types';
import { EmulatedAgent } from '../agents/emulated-agent.js';
import type { ChatRoom } from '../world/chat-room.js';
import type { EmulatedWorld } from '../world/emulated-world.js';
import type { ActionFields } from './action-fields.js';
import type { PageActor } from './page-action.interface.js';
import type { RoomKeys } from './room-keys.js';

const MAX_KEY_LENGTH = 40;
const MAX_TITLE_LENGTH = 128;
/** Telegram calls it the custom title of an administrator. */
const MAX_SIGNATURE_LENGTH = 16;

/** Finds the chats of actions, and the people who act there. */
export class PageActors {
  readonly #world: EmulatedWorld;
  readonly #keys: RoomKeys;

  constructor(world: EmulatedWorld, keys: RoomKeys) {
    this.#world = world;
    this.#keys = keys;
  }

  roomOf(fields: ActionFields<'chat'>): ChatRoom {
    return this.#keys.find(fields.text('chat', MAX_KEY_LENGTH));
  }

  /**
   * A message by its id, an ephemeral one by its id below zero.
   *
   * @throws {Error} When there is no such message in the chat.
   */
  messageIn(room: ChatRoom, fields: ActionFields<'messageId'>): Message {
    const messageId = fields.integer('messageId', Number.MIN_SAFE_INTEGER);
    const message =
      messageId < 0 ? room.ephemeral.find(-messageId)?.message : room.history.find(messageId);
    if (!message) throw new Error(`There is no message ${messageId} in chat ${room.id}`);
    return message;
  }

  messageOf(fields: ActionFields<'chat' | 'messageId'>): Message {
    return this.messageIn(this.roomOf(fields), fields);
  }

  /** @throws {Error} When there is no such person, or it cannot act so in the chat. */
  agentOf(fields: ActionFields<'chat' | 'as'>): EmulatedAgent {
    const room = this.roomOf(fields);
    const as = fields.object<PageActor>('as');
    const id = as.integer('person');
    const user = this.#world.people.find(id);
    if (!user) throw new Error(`There is no person ${id}`);
    if (room.chat.type === 'private' && user.id !== room.id) {
      throw new Error(`Only ${room.owner.first_name} writes in this private chat`);
    }
    const agent = new EmulatedAgent(this.#world, room, user);
    if (as.has('channel')) return agent.asChannel(as.text('channel', MAX_TITLE_LENGTH));
    if (!as.has('anonymousTitle')) return agent;
    if (!['creator', 'administrator'].includes(room.statusOf(id))) {
      throw new Error(
        `${user.first_name} is no administrator of chat ${room.id}, and only those are anonymous`,
      );
    }
    return agent.anonymously(as.textOrEmpty('anonymousTitle', MAX_SIGNATURE_LENGTH) || undefined);
  }
}
