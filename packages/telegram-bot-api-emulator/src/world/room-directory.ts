import type { Chat, User } from '@grammyjs/types';
import type { Clock } from '../time/clock.js';
import type { ArrivalWaiters } from './arrival-waiters.js';
import { createAdministratorRights } from './administrator-rights.js';
import type { BotAccount } from './bot-account.js';
import { ChatHistory } from './chat-history.js';
import { type BotStatus, ChatRoom, type RoomChat, type RoomMember } from './chat-room.js';
import { EphemeralMessages } from './ephemeral-messages.js';
import type { People } from './people.js';
import { GENERAL_TOPIC_ID } from './topic-list.js';
import type { WorldChanges } from './world-changes.js';

/** What a supergroup or channel is from the start. */
export interface NewPublicChat {
  readonly title: string;
  readonly username?: string;
  readonly isForum?: boolean;
}

/** What the chats work with: the time, and who learns of what happens in them. */
export interface RoomContext {
  readonly clock: Clock;
  readonly waiters: ArrivalWaiters;
  readonly changes: WorldChanges;
}

const FIRST_GROUP_ID = -4_100_000_001;
const FIRST_SUPERGROUP_ID = -1_002_100_000_001;
const FIRST_CHANNEL_ID = -1_001_700_000_001;

/** All chats of the emulator. */
export class RoomDirectory {
  readonly #people: People;
  readonly #bots: readonly [BotAccount, ...BotAccount[]];
  readonly #clock: Clock;
  readonly #waiters: ArrivalWaiters;
  readonly #changes: WorldChanges;
  readonly #rooms = new Map<number, ChatRoom>();
  /** By the id of the bot and that of the person. */
  readonly #privateRooms = new Map<string, ChatRoom>();
  readonly #channels = new Map<string, Chat.ChannelChat>();
  #nextGroupId = FIRST_GROUP_ID;
  #nextSupergroupId = FIRST_SUPERGROUP_ID;
  #nextChannelId = FIRST_CHANNEL_ID;
  #lastSharedMessageId = 0;

  constructor(
    people: People,
    bots: readonly [BotAccount, ...BotAccount[]],
    { clock, waiters, changes }: RoomContext,
  ) {
    this.#clock = clock;
    this.#people = people;
    this.#bots = bots;
    this.#waiters = waiters;
    this.#changes = changes;
  }

  /** All chats that somebody looks into. */
  get list(): ChatRoom[] {
    return [...this.#rooms.values(), ...this.#privateRooms.values()];
  }

  /** The chat of this id, as a bot knows it. */
  find(id: number, bot: BotAccount): ChatRoom | undefined {
    return this.#rooms.get(id) ?? this.#privateRooms.get(`${bot.id} ${id}`);
  }

  /** The public chat of this username, which is not case-sensitive. */
  findByUsername(username: string): ChatRoom | undefined {
    const lowered = username.toLowerCase();
    return [...this.#rooms.values()].find(
      ({ chat }) => chat.type !== 'group' && chat.username?.toLowerCase() === lowered,
    );
  }

  /** The chat object of a channel that nobody looks into, by its title. */
  channel(title: string): Chat.ChannelChat {
    const known = this.#channels.get(title);
    if (known) return known;
    const channel: Chat.ChannelChat = { id: this.#nextChannelId--, title, type: 'channel' };
    this.#channels.set(title, channel);
    return channel;
  }

  createPrivate(user: User, bot: BotAccount, status: BotStatus): ChatRoom {
    const { id, first_name, username } = user;
    const key = `${bot.id} ${id}`;
    if (this.#privateRooms.has(key)) {
      throw new Error(`The private chat of ${first_name} exists already`);
    }
    const named = username !== undefined && { username };
    const room = this.#create({ id, first_name, ...named, type: 'private' }, user);
    this.#privateRooms.set(key, room);
    room.setMember({ user: bot.user, status });
    return room;
  }

  createGroup(title: string, status: BotStatus): ChatRoom {
    const id = this.#nextGroupId--;
    // The server still sends this field, which the documentation no longer names.
    const chat = { id, title, type: 'group', all_members_are_administrators: true } as const;
    return this.#add(chat, status);
  }

  createSupergroup({ title, username, isForum }: NewPublicChat, status: BotStatus): ChatRoom {
    const chat: Chat.SupergroupChat = {
      id: this.#nextSupergroupId--,
      title,
      ...(username !== undefined && { username }),
      ...(isForum && { is_forum: true }),
      type: 'supergroup',
    };
    return this.#add(chat, status);
  }

  /** A channel that was only a name until now; titles may be the same, ids are not. */
  createChannel({ title, username }: NewPublicChat, status: BotStatus): ChatRoom {
    const named = username !== undefined && { username };
    const known = this.#channels.get(title);
    const id = known && !this.#rooms.has(known.id) ? known.id : this.#nextChannelId--;
    const channel: Chat.ChannelChat = { id, title, ...named, type: 'channel' };
    this.#channels.set(title, channel);
    return this.#add(channel, status);
  }

  #add(chat: RoomChat, status: BotStatus): ChatRoom {
    const room = this.#create(chat, this.#people.get(`Owner of ${chat.title}`));
    const [bot] = this.#bots;
    this.#rooms.set(chat.id, room);
    room.setMember(createBotMember(bot, status, chat.type));
    return room;
  }

  #create(chat: RoomChat, owner: User): ChatRoom {
    const isBot = (userId: number): boolean => this.#bots.some((bot) => bot.id === userId);
    const messageIds = this.#messageIds(chat);
    const history = new ChatHistory({
      nextId: () => messageIds(room.isForum),
      isBot,
      onChange: (messageId) => this.#changes.emit({ kind: 'message', room, messageId }),
      waiters: this.#waiters,
    });
    const ephemeral = new EphemeralMessages({
      clock: this.#clock,
      waiters: this.#waiters,
      isOnline: (personId) => this.#people.isOnline(personId),
      onChange: (ephemeralId) => this.#changes.emit({ kind: 'ephemeral', room, ephemeralId }),
    });
    const room: ChatRoom = new ChatRoom(chat, history, ephemeral, owner, this.#changes);
    return room;
  }

  /** Supergroups and channels count for themselves; all other chats share one counter. */
  #messageIds({ type }: RoomChat): (isForum: boolean) => number {
    if (type === 'private' || type === 'group') return () => ++this.#lastSharedMessageId;
    let lastMessageId = 0;
    // No message of a forum has the id of the General topic, least of all one that starts a topic.
    return (isForum) => {
      lastMessageId = Math.max(lastMessageId, isForum ? GENERAL_TOPIC_ID : 0) + 1;
      return lastMessageId;
    };
  }
}

/** A bot as a member; as an administrator it has all usual rights. */
export function createBotMember(
  { user }: BotAccount,
  status: BotStatus,
  type: RoomChat['type'],
): RoomMember {
  return status === 'administrator'
    ? { user, status, rights: createAdministratorRights(type) }
    : { user, status };
}
