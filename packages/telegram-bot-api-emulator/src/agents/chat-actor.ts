import type { Message, User } from '@grammyjs/types';
import type { ChatRoom } from '../world/chat-room.js';
import type { EmulatedWorld } from '../world/emulated-world.js';
import type { MessageSender } from '../world/message-composer.js';
import { isEphemeral } from '../world/ephemeral-composer.js';
import {
  type NeededRight,
  requirePresence,
  requireRight,
  requireSight,
  type Writing,
} from './agent-presence.js';

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

  /** @throws {Error} When the person does not see the chat. */
  requireSight(): void {
    requireSight(this.room, this.user);
  }

  /** @throws {Error} When the person has not this right. */
  requireRight(needed: NeededRight): void {
    requireRight(this.room, this.user, needed);
  }

  /**
   * The message of the chat that is meant, as it is now.
   *
   * @throws {Error} When it is not in the chat, or is one that the person and a bot alone see.
   */
  find(message: Message | number): Message {
    if (typeof message !== 'number' && isEphemeral(message)) {
      throw new Error(
        'An ephemeral message can only be replied to, deleted, or have a button pressed',
      );
    }
    const messageId = typeof message === 'number' ? message : message.message_id;
    const found = this.room.history.find(messageId);
    if (!found) throw new Error(`There is no message ${messageId} in chat ${this.room.id}`);
    return found;
  }

  /**
   * The same, and also an ephemeral message that the person sees.
   *
   * @throws {Error} When the person does not see it.
   */
  findSeen(message: Message | number): Message {
    if (typeof message === 'number' || !isEphemeral(message)) return this.find(message);
    const { ephemeral_message_id: id } = message;
    const seen = this.room.ephemeral.seenBy(this.user.id).map((each) => each.message);
    const found = seen.find((each) => each.ephemeral_message_id === id);
    if (found) return found;
    throw new Error(`${this.user.first_name} does not see ephemeral message ${id} any more`);
  }

  /** Whether a message is by this sender. Posts of a channel are nobody's own. */
  isOwn({ from, sender_chat: chat }: Message): boolean {
    const { from: self, sender_chat: ownChat } = this.sender;
    return from !== undefined && from.id === self?.id && chat?.id === ownChat?.id;
  }
}
