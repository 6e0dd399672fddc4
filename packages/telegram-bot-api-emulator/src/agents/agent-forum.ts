import type { User } from '@grammyjs/types';
import { requirePresence, requireRight } from './agent-presence.js';
import { cleanTopicName } from '../sending/forum-access.js';
import type { ChatRoom } from '../world/chat-room.js';
import type { EmulatedWorld } from '../world/emulated-world.js';
import { Forum } from '../world/forum.js';
import type { MessageSender } from '../world/message-composer.js';
import { DEFAULT_ICON_COLOR, GENERAL_TOPIC_ID, type Topic } from '../world/topic-list.js';

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
    const room = this.#room;
    requirePresence(room, this.#user);
    if (!room.isForum) throw new Error(`Chat ${room.id} is no forum`);
    const { can_pin_messages: mayPin, can_manage_topics: mayManage = mayPin } = room.permissions;
    requireRight(room, this.#user, {
      right: 'can_manage_topics',
      isOpenToMembers: mayManage,
      to: 'create topics',
    });
    const icon = { iconColor: DEFAULT_ICON_COLOR };
    return this.#forum.create(room, this.#sender, { name: cleanName(name), ...icon });
  }

  rename(topicId: number, name: string): void {
    const topic = this.#findOwn(topicId);
    const wanted = cleanName(name);
    if (wanted === topic.name) throw new Error(`Topic ${topicId} has this name already`);
    this.#forum.edit(this.#room, this.#sender, topic, { name: wanted });
  }

  close(topicId: number): void {
    const topic = this.#findOwn(topicId);
    if (topic.isClosed) throw new Error(`Topic "${topic.name}" is closed already`);
    this.#forum.close(this.#room, this.#sender, topic);
  }

  reopen(topicId: number): void {
    const topic = this.#findOwn(topicId);
    if (!topic.isClosed) throw new Error(`Topic "${topic.name}" is open already`);
    this.#forum.reopen(this.#room, this.#sender, topic);
  }

  delete(topicId: number): void {
    if (topicId === GENERAL_TOPIC_ID) throw new Error('Nobody can delete the General topic');
    this.#forum.delete(this.#room, this.#findOwn(topicId, 'can_delete_messages'));
  }

  /** Whoever created a topic needs no right to change it. */
  #findOwn(
    topicId: number,
    right: 'can_manage_topics' | 'can_delete_messages' = 'can_manage_topics',
  ): Topic {
    requirePresence(this.#room, this.#user);
    const topic = this.#room.topics.find(topicId);
    if (!topic) throw new Error(`There is no topic ${topicId} in chat ${this.#room.id}`);
    if (topic.creatorId !== (this.#sender.from ?? this.#user).id) {
      requireRight(this.#room, this.#user, { right, to: `change topic "${topic.name}"` });
    }
    return topic;
  }
}

function cleanName(name: string): string {
  const cleaned = cleanTopicName(name);
  if (cleaned === '') throw new Error('The name of a topic must not be empty');
  return cleaned;
}
