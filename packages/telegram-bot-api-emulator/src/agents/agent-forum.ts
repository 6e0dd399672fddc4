import { cleanTopicName } from '../sending/forum-access.js';
import { Forum } from '../world/forum.js';
import { DEFAULT_ICON_COLOR, GENERAL_TOPIC_ID, type Topic } from '../world/topic-list.js';
import type { ChatActor } from './chat-actor.js';

/** Creates, changes and deletes topics for somebody in a forum. */
export class AgentForum {
  readonly #actor: ChatActor;
  readonly #forum: Forum;

  constructor(actor: ChatActor) {
    this.#actor = actor;
    this.#forum = new Forum(actor.world);
  }

  create(name: string): Topic {
    const { room, sender } = this.#actor;
    this.#actor.requirePresence();
    if (!room.isForum) throw new Error(`Chat ${room.id} is no forum`);
    const { can_pin_messages: mayPin, can_manage_topics: mayManage = mayPin } = room.permissions;
    this.#actor.requireRight({
      right: 'can_manage_topics',
      isOpenToMembers: mayManage,
      to: 'create topics',
    });
    const icon = { iconColor: DEFAULT_ICON_COLOR };
    return this.#forum.create(room, sender, { name: cleanName(name), ...icon });
  }

  rename(topicId: number, name: string): void {
    const topic = this.#findOwn(topicId);
    const wanted = cleanName(name);
    if (wanted === topic.name) throw new Error(`Topic ${topicId} has this name already`);
    this.#forum.edit(this.#actor.room, this.#actor.sender, topic, { name: wanted });
  }

  close(topicId: number): void {
    const topic = this.#findOwn(topicId);
    if (topic.isClosed) throw new Error(`Topic "${topic.name}" is closed already`);
    this.#forum.close(this.#actor.room, this.#actor.sender, topic);
  }

  reopen(topicId: number): void {
    const topic = this.#findOwn(topicId);
    if (!topic.isClosed) throw new Error(`Topic "${topic.name}" is open already`);
    this.#forum.reopen(this.#actor.room, this.#actor.sender, topic);
  }

  delete(topicId: number): void {
    const { room, user } = this.#actor;
    if (room.isForum && topicId === GENERAL_TOPIC_ID) {
      throw new Error('Nobody can delete the General topic');
    }
    this.#forum.delete(room, this.#findOwn(topicId, 'can_delete_messages'), user.id);
  }

  /** Whoever created a topic needs no right to change it. */
  #findOwn(
    topicId: number,
    right: 'can_manage_topics' | 'can_delete_messages' = 'can_manage_topics',
  ): Topic {
    this.#actor.requirePresence();
    const topic = this.#actor.room.topics.find(topicId);
    if (!topic) throw new Error(`There is no topic ${topicId} in chat ${this.#actor.room.id}`);
    if (topic.creatorId !== (this.#actor.sender.from ?? this.#actor.user).id) {
      this.#actor.requireRight({ right, to: `change topic "${topic.name}"` });
    }
    return topic;
  }
}

function cleanName(name: string): string {
  const cleaned = cleanTopicName(name);
  if (cleaned === '') throw new Error('The name of a topic must not be empty');
  return cleaned;
}
