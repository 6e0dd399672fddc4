import { cleanTopicName } from '../sending/forum-access.js';
import type { BotAccount } from '../world/bot-account.js';
import { Forum } from '../world/forum.js';
import { isTopicColor, topicIconId } from '../world/topic-icons.js';
import { DEFAULT_ICON_COLOR, GENERAL_TOPIC_ID, type Topic } from '../world/topic-list.js';
import { topicIdOf, type TopicReference } from '../world/topic-reference.js';
import type { ChatActor } from './chat-actor.js';
import type { TopicIconOptions } from './topic-icon.options.js';

/** Creates, changes and deletes topics for somebody in a forum, or in a private chat with topics. */
export class AgentForum {
  readonly #actor: ChatActor;
  readonly #forum: Forum;

  constructor(actor: ChatActor) {
    this.#actor = actor;
    this.#forum = new Forum(actor.world);
  }

  create(name: string, { icon = '', color = DEFAULT_ICON_COLOR }: TopicIconOptions): Topic {
    const { room, sender } = this.#actor;
    this.#requireManaging();
    if (!isTopicColor(color)) throw new Error(`${color} is none of the six colours of topics`);
    const { can_pin_messages: mayPin, can_manage_topics: mayManage = mayPin } = room.permissions;
    this.#actor.requireRight({
      right: 'can_manage_topics',
      isOpenToMembers: mayManage,
      to: 'create topics',
    });
    return this.#forum.create(room, sender, {
      name: cleanName(name),
      iconColor: color,
      ...(icon !== '' && { iconCustomEmojiId: findIcon(icon) }),
    });
  }

  rename(reference: TopicReference, name: string): void {
    this.#requireManaging();
    const topic = this.#findOwn(reference);
    const wanted = cleanName(name);
    if (wanted === topic.name) throw new Error(`Topic ${topic.id} has this name already`);
    this.#forum.edit(this.#actor.room, this.#actor.sender, topic, { name: wanted });
  }

  changeIcon(reference: TopicReference, icon: string): void {
    this.#requireManaging();
    const topic = this.#findOwn(reference);
    if (this.#isGeneral(topic)) throw new Error('The General topic keeps its icon');
    const iconCustomEmojiId = icon === '' ? '' : findIcon(icon);
    if (iconCustomEmojiId === (topic.iconCustomEmojiId ?? '')) {
      throw new Error(`Topic "${topic.name}" has this icon already`);
    }
    this.#forum.edit(this.#actor.room, this.#actor.sender, topic, { iconCustomEmojiId });
  }

  close(reference: TopicReference): void {
    const topic = this.#findClosable(reference);
    if (topic.isClosed) throw new Error(`Topic "${topic.name}" is closed already`);
    this.#forum.close(this.#actor.room, this.#actor.sender, topic);
  }

  reopen(reference: TopicReference): void {
    const topic = this.#findClosable(reference);
    if (!topic.isClosed) throw new Error(`Topic "${topic.name}" is open already`);
    this.#forum.reopen(this.#actor.room, this.#actor.sender, topic);
  }

  delete(reference: TopicReference): void {
    const { room, user } = this.#actor;
    const topic = this.#findOwn(reference, 'can_delete_messages');
    if (this.#isGeneral(topic)) throw new Error('Nobody can delete the General topic');
    this.#forum.delete(room, topic, user.id);
  }

  #isGeneral({ id }: Topic): boolean {
    return this.#actor.room.isForum && id === GENERAL_TOPIC_ID;
  }

  #findClosable(reference: TopicReference): Topic {
    const topic = this.#findOwn(reference);
    if (!this.#actor.room.isForum) throw new Error('Topics of a private chat are never closed');
    return topic;
  }

  /** Whoever created a topic needs no right to change it. */
  #findOwn(
    reference: TopicReference,
    right: 'can_manage_topics' | 'can_delete_messages' = 'can_manage_topics',
  ): Topic {
    this.#actor.requirePresence();
    const topicId = topicIdOf(reference);
    const topic = this.#actor.room.topics.find(topicId);
    if (!topic) throw new Error(`There is no topic ${topicId} in chat ${this.#actor.room.id}`);
    if (topic.creatorId !== (this.#actor.sender.from ?? this.#actor.user).id) {
      this.#actor.requireRight({ right, to: `change topic "${topic.name}"` });
    }
    return topic;
  }

  /** In private chats the bot says whether there are topics, and whether its users may manage them. */
  #requireManaging(): void {
    const { room } = this.#actor;
    this.#actor.requirePresence();
    if (room.isForum) return;
    const bot = room.chat.type === 'private' ? this.#ownBot() : undefined;
    if (!bot?.hasTopicsEnabled) throw new Error(`Chat ${room.id} is no forum`);
    if (!bot.allowsUsersToCreateTopics) {
      throw new Error(`Bot ${bot.id} does not let its users create or change topics`);
    }
  }

  #ownBot(): BotAccount | undefined {
    const { world, room } = this.#actor;
    return [...room.members.keys()].map((id) => world.findBot(id)).find((bot) => bot);
  }
}

function cleanName(name: string): string {
  const cleaned = cleanTopicName(name);
  if (cleaned === '') throw new Error('The name of a topic must not be empty');
  return cleaned;
}

function findIcon(icon: string): string {
  const id = topicIconId(icon);
  if (id === undefined) throw new Error(`"${icon}" is neither a free icon nor a custom emoji id`);
  return id;
}
