import type { Message, User } from '@grammyjs/types';
import type { Clock } from '../time/clock.js';
import type { UpdateKind } from '../delivery/allowed-updates.js';
import { DownloadLinks } from '../files/download-links.js';
import { FileStore } from '../files/file-store.js';
import { AlbumCounter } from './album-counter.js';
import { ArrivalWaiters } from './arrival-waiters.js';
import type { BotAccount } from './bot-account.js';
import { isServiceMessage, isVisibleToBot } from './bot-visibility.js';
import type { ChatRoom } from './chat-room.js';
import { composeMessage, type MessageDraft } from './message-composer.js';
import { People } from './people.js';
import { RoomDirectory } from './room-directory.js';
import { TELEGRAM } from './service-users.constants.js';
import { WorldChanges } from './world-changes.js';

/** A message that is still to be given an id and a date. */
export type NewMessage = Omit<MessageDraft, 'messageId' | 'date'>;

/** Everything behind the Bot API: bots, people, chats, and who learns of what. */
export class EmulatedWorld {
  readonly waiters: ArrivalWaiters;
  readonly changes = new WorldChanges();
  readonly people = new People(this.changes);
  readonly albums = new AlbumCounter();
  readonly rooms: RoomDirectory;
  readonly files: FileStore;
  readonly links: DownloadLinks;
  /**
   * @param bots The first of them is the one that is meant where no bot is named.
   * @param waitTimeoutMs See `BotApiEmulatorOptions.waitTimeoutMs`.
   */
  constructor(
    readonly clock: Clock,
    readonly bots: readonly [BotAccount, ...BotAccount[]],
    waitTimeoutMs: number,
  ) {
    this.waiters = new ArrivalWaiters(waitTimeoutMs);
    this.files = new FileStore(bots[0].id);
    this.links = new DownloadLinks(clock);
    this.rooms = new RoomDirectory(this.people, bots, this);
  }

  /** The time in seconds since the Unix epoch, as messages carry it. */
  get seconds(): number {
    return Math.floor(this.clock.now() / 1000);
  }

  /** The account of a bot's user id. */
  findBot(userId: number): BotAccount | undefined {
    return this.bots.find((bot) => bot.id === userId);
  }

  /**
   * The bot that a message is from. The posts of a channel do not say which one wrote them; then it is
   * the first that is there.
   */
  botBehind(room: ChatRoom, { from }: Message): BotAccount {
    const present = this.bots.find(({ id }) => room.has(id));
    return this.findBot(from?.id ?? 0) ?? present ?? this.bots[0];
  }

  /** The user of this id, be it a bot. */
  findUser(id: number): User | undefined {
    return this.findBot(id)?.user ?? this.people.find(id);
  }

  /** Adds a message that a bot sends; of its ordinary messages bots learn nothing. */
  post(room: ChatRoom, draft: NewMessage): Message {
    const message = this.#append(room, draft);
    this.#forwardToDiscussion(room, message);
    return message;
  }

  /** Adds a message and sends an update to the bots that may see it. */
  postToBots(room: ChatRoom, draft: NewMessage): Message {
    const message = this.#append(room, draft);
    this.sendUpdate(room, room.chat.type === 'channel' ? 'channel_post' : 'message', message);
    this.#forwardToDiscussion(room, message);
    return message;
  }

  /** Puts an edited message in the place of the old one and sends an update to the bots that may see it. */
  edit(room: ChatRoom, message: Message): void {
    room.history.replace(message);
    this.sendUpdate(
      room,
      room.chat.type === 'channel' ? 'edited_channel_post' : 'edited_message',
      message,
    );
  }

  /** Creates an update of a message for each bot that may see it. */
  sendUpdate(room: ChatRoom, kind: UpdateKind, message: Message): void {
    for (const bot of this.bots) {
      // Of its own edits a bot learns nothing, nor of what other bots write.
      const isOwn = message.from?.id === bot.id && kind !== 'message';
      if (!isOwn && this.#isInvolved(room, bot) && isVisibleToBot(room, message, bot)) {
        bot.updates.create(kind, this.files.localize(message, bot.id), String(room.id));
      }
    }
  }

  /** Creates an update of any other kind for each bot that is in the chat and fits. */
  sendEvent(
    room: ChatRoom,
    kind: UpdateKind,
    event: { readonly payload: object; readonly key: string },
    fits: (bot: BotAccount) => boolean,
  ): void {
    for (const bot of this.bots) {
      if (this.#isInvolved(room, bot) && fits(bot)) {
        bot.updates.create(kind, this.files.localize(event.payload, bot.id), event.key);
      }
    }
  }

  /** The private chat of another bot is none of a bot's business. */
  #isInvolved(room: ChatRoom, bot: BotAccount): boolean {
    return room.members.has(bot.id);
  }

  #append(room: ChatRoom, draft: NewMessage): Message {
    return room.history.append((messageId) =>
      composeMessage(room, { ...draft, messageId, date: this.seconds }),
    );
  }

  /** What a channel posts, but for events, Telegram forwards to the group where it is discussed. */
  #forwardToDiscussion(room: ChatRoom, post: Message): void {
    const { chat, linked } = room;
    if (chat.type !== 'channel' || !linked || isServiceMessage(post)) return;
    const { message_id, date, chat: _chat, sender_chat: _sender, ...said } = post;
    const { reply_to_message: _replied, author_signature, ...content } = said;
    const signed = author_signature !== undefined && { author_signature };
    this.postToBots(linked, {
      sender: { from: TELEGRAM, sender_chat: chat },
      content: {
        forward_origin: { type: 'channel', chat, message_id, date, ...signed },
        ...content,
        is_automatic_forward: true,
      },
    });
  }
}
