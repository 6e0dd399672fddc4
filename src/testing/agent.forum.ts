import type { User } from '@grammyjs/types';
import { requirePresence } from './agent.presence.js';
import type { ChatRoom } from './world/chat.room.js';
import type { EmulatedWorld } from './world/emulated.world.js';
import { Forum } from './world/forum.js';
import type { MessageSender } from './world/message.composer.js';
import { DEFAULT_ICON_COLOR, type Topic } from './world/topic.list.js';

/** Creates, changes and deletes topics for somebody in a forum. */
export class AgentForum {
  readonly #room: ChatRoom;
  readonly #user: User;
  readonly #sender: MessageSender;
  readonly #forum: Forum;

  /** @internal Use `EmulatedAgent.createTopic()` and its siblings. */
  constructor(world: EmulatedWorld, room: ChatRoom, user: User, sender: MessageSender) {
    this.#room = room;
    this.#user = user;
    this.#sender = sender;
    this.#forum = new Forum(world);
  }

  create(name: string): Topic {
    requirePresence(this.#room, this.#user);
    if (!this.#room.isForum) throw new Error(`Chat ${this.#room.id} is no forum`);
    return this.#forum.create(this.#room, this.#sender, { name, iconColor: DEFAULT_ICON_COLOR });
  }

  rename(topicId: number, name: string): void {
    this.#forum.edit(this.#room, this.#sender, this.#find(topicId), { name });
  }

  close(topicId: number): void {
    this.#forum.close(this.#room, this.#sender, this.#find(topicId));
  }

  reopen(topicId: number): void {
    this.#forum.reopen(this.#room, this.#sender, this.#find(topicId));
  }

  delete(topicId: number): void {
    this.#forum.delete(this.#room, this.#find(topicId));
  }

  #find(topicId: number): Topic {
    requirePresence(this.#room, this.#user);
    const topic = this.#room.topics.find(topicId);
    if (!topic) throw new Error(`There is no topic ${topicId} in chat ${this.#room.id}`);
    return topic;
  }
}
