import type { User } from '@grammyjs/types';
import type { FloodGate } from '../floods/flood-gate.js';
import type { BotAccount } from '../world/bot-account.js';
import type { ChatRoom } from '../world/chat-room.js';
import type { EmulatedWorld } from '../world/emulated-world.js';
import { topicIconEmoji } from '../world/topic-icons.js';
import type { Topic } from '../world/topic-list.js';
import type { PageBot, PageChat, PagePerson, PageTopic } from './page-protocol.js';
import type { RoomKeys } from './room-keys.js';
import { nameOfChat, nameOfUser } from './sender-view.js';

/** The commands that everybody sees, as they are filed. */
const DEFAULT_SCOPE = JSON.stringify([['type', 'default']]);

/** People, bots, chats and topics as the page shows them. */
export class WorldView {
  readonly #world: EmulatedWorld;
  readonly #floods: FloodGate;
  readonly #keys: RoomKeys;

  constructor(world: EmulatedWorld, floods: FloodGate, keys: RoomKeys) {
    this.#world = world;
    this.#floods = floods;
    this.#keys = keys;
  }

  person(user: User): PagePerson {
    const { id, username } = user;
    return { id, name: nameOfUser(user), ...(username !== undefined && { username }) };
  }

  bot({ user, commands, updates, dispatcher }: BotAccount): PageBot {
    const { settings, lastError } = dispatcher;
    return {
      id: user.id,
      name: nameOfUser(user),
      username: user.username,
      commands: commands
        .get(DEFAULT_SCOPE, '')
        .map(({ command, description }) => ({ command, description })),
      pendingUpdates: updates.size,
      ...(settings && {
        webhook: {
          url: settings.url,
          ...(lastError && {
            lastError: { at: lastError.date * 1000, message: lastError.message },
          }),
        },
      }),
    };
  }

  chat(room: ChatRoom): PageChat {
    const { id, chat, isForum, topics, allowedReactions } = room;
    const username = chat.type === 'group' ? undefined : chat.username;
    const gone = this.#goneOf(room);
    const floodedMs = this.#floods.blockedMs(room);
    return {
      key: this.#keys.keyOf(room),
      id,
      type: chat.type,
      title: nameOfChat(chat),
      ...(username !== undefined && { username }),
      hasTopics: isForum || (chat.type === 'private' && this.#hasPrivateTopics(room)),
      isForum,
      members: Array.from(room.members.values(), ({ user, status, rights }) => ({
        id: user.id,
        status,
        ...(rights && { rights }),
      })),
      pinned: room.pinned,
      ...(allowedReactions && { allowedReactions }),
      ...(gone && { gone }),
      redirectsDeletedTopics: topics.redirectsDeleted,
      ...(floodedMs > 0 && { floodedUntil: this.#world.clock.now() + floodedMs }),
    };
  }

  /** The topics of a chat, the General one first. */
  topics(room: ChatRoom): PageTopic[] {
    const general = room.isForum ? [room.topics.general] : [];
    return [...general, ...room.topics.list].map((topic) => this.topic(room, topic));
  }

  topic(room: ChatRoom, topic: Topic): PageTopic {
    return {
      chat: this.#keys.keyOf(room),
      id: topic.id,
      name: topic.name,
      icon: topicIconEmoji(topic.iconCustomEmojiId ?? '') ?? '',
      color: topic.iconColor,
      creator: topic.creatorId,
      isClosed: topic.isClosed,
      isHidden: topic.isHidden,
      isForgotten: room.topics.isForgotten(topic.id),
    };
  }

  #hasPrivateTopics(room: ChatRoom): boolean {
    return this.#world.bots.some(({ id, hasTopicsEnabled }) => {
      return hasTopicsEnabled && room.members.has(id);
    });
  }

  #goneOf({ migratedToChatId, isDeleted, isDeactivated }: ChatRoom): PageChat['gone'] {
    if (migratedToChatId !== undefined) {
      return { reason: 'upgraded', upgradedTo: String(migratedToChatId) };
    }
    return isDeleted || isDeactivated ? { reason: 'deleted' } : undefined;
  }
}
