import type { Message, User } from '@grammyjs/types';
import type { ChatRoom } from '../world/chat-room.js';
import type { EmulatedWorld } from '../world/emulated-world.js';
import type { MessageSender } from '../world/message-composer.js';
import { type NeededRight, requirePresence, requireRight, type Writing } from './agent-presence.js';

/** Somebody in a chat, who writes under the name of a sender there. */
export class ChatActor {
  constructor(
    readonly world: EmulatedWorld,
    readonly room: ChatRoom,
    /** The person, also where the messages name another sender. */
    readonly user: User,
    readonly sender: MessageSender,
    /** Where the person writes unless something else is said. */
    readonly topicId?: number,
  ) {}

  /** @throws {Error} When the person cannot do anything here, or not write this. */
  requirePresence(writing?: Writing): void {
    requirePresence(this.room, this.user, writing);
  }

  /** @throws {Error} When the person has not this right. */
  requireRight(needed: NeededRight): void {
    requireRight(this.room, this.user, needed);
  }

  /** @throws {Error} When the message is not in the chat. */
  find(message: Message | number): Message {
    const messageId = typeof message === 'number' ? message : message.message_id;
    const found = this.room.history.find(messageId);
    if (!found) throw new Error(`There is no message ${messageId} in chat ${this.room.id}`);
    return found;
  }

  /** Whether a message is by this sender. Posts of a channel are nobody's own. */
  isOwn({ from, sender_chat: chat }: Message): boolean {
    const { from: self, sender_chat: ownChat } = this.sender;
    return from !== undefined && from.id === self?.id && chat?.id === ownChat?.id;
  }
}
