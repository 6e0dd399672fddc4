import type { Message } from '@grammyjs/types';
import type { ChatRoom } from './chat-room.js';
import type { EmulatedWorld } from './emulated-world.js';
import type { MessageSender } from './message-composer.js';

/** Pins and unpins messages. */
export class PinnedMessages {
  readonly #world: EmulatedWorld;

  constructor(world: EmulatedWorld) {
    this.#world = world;
  }

  /** Pins a message above those pinned before; for one that is pinned already there is no service message. */
  pin(room: ChatRoom, sender: MessageSender, message: Message): void {
    if (room.pinned.includes(message.message_id)) return;
    room.pin(message.message_id);
    const { reply_to_message: _replied, ...pinned } = message;
    this.#world.postToBots(room, {
      sender,
      messageThreadId: message.is_topic_message ? message.message_thread_id : undefined,
      content: { pinned_message: pinned },
    });
  }

  /** Unpins a message, if it is pinned. */
  unpin(room: ChatRoom, messageId: number): void {
    room.unpin(messageId);
  }

  /** Unpins the messages that fit. */
  unpinAll(room: ChatRoom, fits: (message: Message) => boolean): void {
    for (const messageId of room.pinned) {
      const message = room.history.find(messageId);
      if (message && fits(message)) room.unpin(messageId);
    }
  }
}
