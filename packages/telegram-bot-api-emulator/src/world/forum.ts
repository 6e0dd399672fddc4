import type { Message } from '@grammyjs/types';
import type { ChatRoom } from './chat-room.js';
import type { EmulatedWorld } from './emulated-world.js';
import type { MessageSender } from './message-composer.js';
import { GENERAL_TOPIC_ID, type Topic } from './topic-list.js';

/** What is chosen when a topic is created. */
export type NewTopic = Pick<Topic, 'name' | 'iconColor' | 'iconCustomEmojiId'>;

/** Creates and changes topics, each time with its service message. */
export class Forum {
  readonly #world: EmulatedWorld;

  constructor(world: EmulatedWorld) {
    this.#world = world;
  }

  /** The topic's id is that of the service message that created it. */
  create(room: ChatRoom, sender: MessageSender, topic: NewTopic): Topic {
    const { name, iconColor, iconCustomEmojiId: emoji } = topic;
    const created: Message['forum_topic_created'] = {
      name,
      icon_color: iconColor,
      ...(emoji !== undefined && { icon_custom_emoji_id: emoji }),
    };
    const message = this.#world.postToBots(room, {
      sender,
      startsTopic: true,
      content: { forum_topic_created: created },
    });
    const stored: Topic = {
      ...topic,
      id: message.message_id,
      creatorId: sender.from?.id ?? 0,
      isClosed: false,
      isHidden: false,
    };
    room.topics.set(stored);
    this.#world.waiters.notify();
    return stored;
  }

  /** Renames a topic or gives it another icon; an empty emoji takes the icon away. */
  edit(
    room: ChatRoom,
    sender: MessageSender,
    topic: Topic,
    change: { readonly name?: string; readonly iconCustomEmojiId?: string },
  ): void {
    const { name, iconCustomEmojiId: emoji } = change;
    room.topics.set({
      ...topic,
      name: name ?? topic.name,
      iconCustomEmojiId: emoji === undefined ? topic.iconCustomEmojiId : emoji || undefined,
    });
    this.#report(room, sender, topic, {
      forum_topic_edited: {
        ...(name !== undefined && { name }),
        ...(emoji !== undefined && { icon_custom_emoji_id: emoji }),
      },
    });
  }

  close(room: ChatRoom, sender: MessageSender, topic: Topic): void {
    room.topics.set({ ...topic, isClosed: true });
    this.#report(room, sender, topic, { forum_topic_closed: {} });
  }

  /** Opens a topic again; the General one is shown again, too. */
  reopen(room: ChatRoom, sender: MessageSender, topic: Topic): void {
    room.topics.set({ ...topic, isClosed: false, isHidden: false });
    this.#report(room, sender, topic, { forum_topic_reopened: {} });
  }

  /** Hides the General topic, which closes it too. */
  hide(room: ChatRoom, sender: MessageSender): void {
    room.topics.set({ ...room.topics.general, isHidden: true, isClosed: true });
    this.#report(room, sender, room.topics.general, { general_forum_topic_hidden: {} });
  }

  unhide(room: ChatRoom, sender: MessageSender): void {
    room.topics.set({ ...room.topics.general, isHidden: false });
    this.#report(room, sender, room.topics.general, { general_forum_topic_unhidden: {} });
  }

  /** Deletes a topic with all its messages. There is no service message, whoever did it. */
  delete(room: ChatRoom, { id }: Topic, byUserId: number): void {
    room.topics.delete(id, byUserId);
    for (const message of room.history.messages) {
      if (message.is_topic_message && message.message_thread_id === id) {
        room.history.delete(message.message_id);
      }
    }
  }

  #report(room: ChatRoom, sender: MessageSender, { id }: Topic, content: Partial<Message>): void {
    const messageThreadId = room.isForum && id === GENERAL_TOPIC_ID ? undefined : id;
    this.#world.postToBots(room, { sender, messageThreadId, content });
  }
}
