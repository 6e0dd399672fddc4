import type { Chat, Message, User } from '@grammyjs/types';
import type { Clock } from '../../clock/clock.js';
import { ArrivalWaiters } from './arrival.waiters.js';
import { type BotSight, isVisibleToBot } from './bot.visibility.js';
import { ChatHistory } from './chat.history.js';
import { type BotStatus, ChatRoom, type RoomChat } from './chat.room.js';
import { composeMessage, type MessageDraft } from './message.composer.js';
import { UpdateQueue } from '../delivery/update.queue.js';

/** The bot that the emulator's server knows. */
export interface EmulatedBot extends BotSight {
  readonly user: User & { readonly username: string };
  readonly token: string;
}

/** What is known of a person from the start. */
export interface PersonOptions {
  /** The user id; a large one by default, since Telegram's no longer fit into 32 bits. */
  readonly id?: number;
  readonly username?: string;
  /** Bots never see each other's messages. False by default. */
  readonly isBot?: boolean;
}

const FIRST_USER_ID = 5_100_000_001;
const FIRST_GROUP_ID = -4_100_000_001;
const FIRST_SUPERGROUP_ID = -1_002_100_000_001;
const FIRST_CHANNEL_ID = -1_001_700_000_001;

/** Everything behind the Bot API: people, chats and the updates that wait for the bot. */
export class EmulatedWorld {
  readonly waiters = new ArrivalWaiters();
  readonly #rooms = new Map<number, ChatRoom>();
  readonly #people = new Map<string, User>();
  readonly #channels = new Map<string, Chat.ChannelChat>();
  #nextUserId = FIRST_USER_ID;
  #nextGroupId = FIRST_GROUP_ID;
  #nextSupergroupId = FIRST_SUPERGROUP_ID;
  #lastSharedMessageId = 0;

  constructor(
    readonly clock: Clock,
    readonly bot: EmulatedBot,
    readonly updates: UpdateQueue,
  ) {}

  /** The time in seconds since the Unix epoch, as messages carry it. */
  get seconds(): number {
    return Math.floor(this.clock.now() / 1000);
  }

  /** The person of this name, who is the same in every chat. */
  person(name: string, options: PersonOptions = {}): User {
    const known = this.#people.get(name);
    if (known && options.id !== undefined && options.id !== known.id) {
      throw new Error(`${name} is user ${known.id} already`);
    }
    if (known) return known;
    const user: User = {
      id: options.id ?? this.#nextUserId++,
      is_bot: options.isBot ?? false,
      first_name: name,
      ...(options.username !== undefined && { username: options.username }),
    };
    this.#people.set(name, user);
    return user;
  }

  /** The channel of this title. */
  channel(title: string): Chat.ChannelChat {
    const known = this.#channels.get(title);
    if (known) return known;
    const channel = { id: FIRST_CHANNEL_ID - this.#channels.size, title, type: 'channel' } as const;
    this.#channels.set(title, channel);
    return channel;
  }

  findUser(id: number): User | undefined {
    if (id === this.bot.user.id) return this.bot.user;
    return [...this.#people.values()].find((user) => user.id === id);
  }

  findRoom(id: number): ChatRoom | undefined {
    return this.#rooms.get(id);
  }

  findRoomByUsername(username: string): ChatRoom | undefined {
    const lowered = username.toLowerCase();
    return [...this.#rooms.values()].find(
      ({ chat }) => chat.type === 'supergroup' && chat.username?.toLowerCase() === lowered,
    );
  }

  createPrivateRoom(user: User, botStatus: BotStatus): ChatRoom {
    const { id, first_name, username } = user;
    if (this.#rooms.has(id)) throw new Error(`The private chat of ${first_name} exists already`);
    return this.#createRoom(
      { id, first_name, ...(username !== undefined && { username }), type: 'private' },
      user,
      botStatus,
    );
  }

  createGroupRoom(title: string, botStatus: BotStatus): ChatRoom {
    const id = this.#nextGroupId--;
    // The server still sends this field, which the documentation no longer names.
    const chat = { id, title, type: 'group', all_members_are_administrators: true } as const;
    return this.#createRoom(chat, this.person(`Owner of ${title}`), botStatus);
  }

  createSupergroupRoom(
    chat: { title: string; username?: string; isForum?: boolean },
    botStatus: BotStatus,
  ): ChatRoom {
    const { title, username, isForum } = chat;
    return this.#createRoom(
      {
        id: this.#nextSupergroupId--,
        title,
        ...(username !== undefined && { username }),
        ...(isForum && { is_forum: true }),
        type: 'supergroup',
      },
      this.person(`Owner of ${title}`),
      botStatus,
    );
  }

  /** Adds a message to a chat; no update comes of it. */
  post(room: ChatRoom, draft: Omit<MessageDraft, 'messageId' | 'date'>): Message {
    return room.history.append((messageId) =>
      composeMessage(room, { ...draft, messageId, date: this.seconds }),
    );
  }

  /** Adds a message to a chat and tells the bot, if the bot may see it. */
  postToBot(room: ChatRoom, draft: Omit<MessageDraft, 'messageId' | 'date'>): Message {
    const message = this.post(room, draft);
    if (isVisibleToBot(room, message, this.bot)) {
      this.updates.create('message', message, String(room.id));
    }
    return message;
  }

  #createRoom(chat: RoomChat, owner: User, botStatus: BotStatus): ChatRoom {
    const room = new ChatRoom(
      chat,
      new ChatHistory(this.#messageIds(chat), this.waiters),
      owner,
      botStatus,
    );
    this.#rooms.set(chat.id, room);
    return room;
  }

  /** Supergroups count for themselves; private chats and basic groups share one counter. */
  #messageIds(chat: RoomChat): () => number {
    if (chat.type !== 'supergroup') return () => ++this.#lastSharedMessageId;
    let lastMessageId = 0;
    return () => ++lastMessageId;
  }
}
