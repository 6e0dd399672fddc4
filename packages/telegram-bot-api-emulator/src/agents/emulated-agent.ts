import { randomUUID } from 'node:crypto';
import type { CallbackQuery, Message, User } from '@grammyjs/types';
import { type AgentFile, storeAgentFile } from './agent-file.js';
import { AgentForum } from './agent-forum.js';
import { requirePresence, requireRight } from './agent-presence.js';
import { AgentReactions } from './agent-reactions.js';
import { ButtonPress } from './button-press.js';
import type { EmulatorParts } from '../emulator.factory.js';
import { createMediaContent } from '../files/media-content.js';
import type { FileKind } from '../files/stored-file.js';
import { findButton } from './find-button.js';
import { forwardContent } from '../sending/message-copier.js';
import { hasCaption } from '../sending/message-kinds.js';
import { externalReply } from '../sending/reply-placer.js';
import { finishText } from '../text/text-finisher.js';
import type { BotAccount } from '../world/bot-account.js';
import type { ChatRoom } from '../world/chat-room.js';
import { Membership } from '../world/membership.js';
import { type MessageSender, textContent } from '../world/message-composer.js';
import { PinnedMessages } from '../world/pinned-messages.js';
import { GENERAL_TOPIC_ID } from '../world/topic-list.js';

/** What is said of a file, and where it goes. */
export interface AgentFileOptions extends AgentFile {
  readonly caption?: string;
  /** The message that is replied to. */
  readonly replyTo?: Message | number;
  /** Fields that are added to the message. */
  readonly extra?: Partial<Message>;
}

/** Anonymous administrators write under this name (telegram-bot-api, Client.cpp:18146-18160). */
const GROUP_ANONYMOUS_BOT: User = {
  id: 1_087_968_824,
  is_bot: true,
  first_name: 'Group',
  username: 'GroupAnonymousBot',
};

/** Whoever writes as a channel writes under this name. */
const CHANNEL_BOT: User = {
  id: 136_817_688,
  is_bot: true,
  first_name: 'Channel',
  username: 'Channel_Bot',
};

/** Somebody who writes in a chat. */
export class EmulatedAgent {
  readonly #parts: EmulatorParts;
  readonly #room: ChatRoom;
  readonly #sender: MessageSender;
  readonly #forum: AgentForum;
  readonly #reactions: AgentReactions;

  /** @internal Use `EmulatedChat.agent()`. */
  constructor(
    parts: EmulatorParts,
    room: ChatRoom,
    /** The person, also where the messages name another sender. */
    readonly user: User,
    sender: MessageSender = room.chat.type === 'channel'
      ? { sender_chat: room.chat }
      : { from: user },
  ) {
    this.#parts = parts;
    this.#room = room;
    this.#sender = sender;
    this.#forum = new AgentForum(parts.world, room, user, sender);
    this.#reactions = new AgentReactions(parts.world, room, user, sender);
  }

  /**
   * Writes a message.
   *
   * @param text May be empty when `extra` says what the message is.
   * @param extra Fields that are added to the message, or replace its own: a photo with its
   *   caption, a sticker, a service message. `message_thread_id` chooses the topic of a forum.
   * @returns The message as everybody in the chat sees it.
   */
  write(text: string, extra: Partial<Message> = {}): Message {
    return this.#post({ ...this.#textOf(text, extra), ...extra });
  }

  /**
   * Replies to a message of the chat.
   *
   * @param to The message or its id.
   * @param text See {@link write}.
   * @param extra See {@link write}.
   */
  reply(to: Message | number, text: string, extra: Partial<Message> = {}): Message {
    return this.#post({ ...this.#textOf(text, extra), ...extra }, this.#find(to));
  }

  /**
   * Replies from another topic or another chat than that of the message. Telegram then tells of it by an
   * `external_reply` in place of a `reply_to_message`.
   *
   * @param to A message of any chat.
   * @param text See {@link write}.
   * @param extra See {@link write}; `message_thread_id` chooses the topic where the reply stands.
   */
  replyFromElsewhere(to: Message, text: string, extra: Partial<Message> = {}): Message {
    const topic = to.is_topic_message ? to.message_thread_id : undefined;
    if (to.chat.id === this.#room.id && topic === extra.message_thread_id) {
      throw new Error(`Message ${to.message_id} is not elsewhere, but in the same chat and topic`);
    }
    const said = { ...this.#textOf(text, extra), ...extra };
    return this.#post({ external_reply: externalReply(to), ...said });
  }

  /** Sends a photo. */
  sendPhoto(options: AgentFileOptions = {}): Message {
    return this.sendFile('photo', options);
  }

  /** Sends a file as what its kind says. */
  sendFile(kind: FileKind, options: AgentFileOptions = {}): Message {
    const { caption = '', replyTo, extra = {}, ...file } = options;
    const replied = replyTo === undefined ? undefined : this.#find(replyTo);
    return this.#post({ ...this.#mediaOf(kind, file, caption), ...extra }, replied);
  }

  /**
   * Sends an album: a message for each file, with one `media_group_id`. Telegram says neither how
   * many there are nor when the last has come.
   *
   * @param files Photos, unless their kind is named.
   * @param options The caption goes with the first file.
   */
  sendAlbum(
    files: ReadonlyArray<AgentFile & { readonly kind?: FileKind; readonly caption?: string }>,
    options: Pick<AgentFileOptions, 'caption' | 'replyTo' | 'extra'> = {},
  ): Message[] {
    const { replyTo, extra = {} } = options;
    const replied = replyTo === undefined ? undefined : this.#find(replyTo);
    const groupId = this.#parts.albums.next();
    return files.map(({ kind = 'photo', caption, ...file }, index) => {
      const said = caption ?? (index === 0 ? options.caption : undefined) ?? '';
      const content = { media_group_id: groupId, ...this.#mediaOf(kind, file, said), ...extra };
      return this.#post(content, replied);
    });
  }

  /** Sends a message of any chat on to this one. */
  forward(message: Message, extra: Partial<Message> = {}): Message {
    return this.#post({ ...forwardContent(message), ...extra });
  }

  /** Changes the text, or the caption, of a message of the agent's own. */
  edit(message: Message | number, text: string): Message {
    requirePresence(this.#room, this.user);
    const old = this.#own(message);
    if (old.forward_origin || (old.text === undefined && !hasCaption(old))) {
      throw new Error(`Message ${old.message_id} has no text or caption of its own to edit`);
    }
    const { text: _text, entities: _entities, caption: _caption, ...bare } = old;
    const { caption_entities: _captionEntities, ...rest } = bare;
    const content = hasCaption(old) ? this.#captionOf(text) : this.#textOf(text, {});
    return this.#replace({ ...rest, ...content });
  }

  /**
   * Lets an `edited_message` come without any visible change, as happens when a link preview has
   * loaded.
   */
  touch(message: Message | number): Message {
    return this.#replace(this.#own(message));
  }

  /** Deletes a message, one's own or, as an administrator, any; bots learn nothing of it. */
  delete(message: Message | number): void {
    requirePresence(this.#room, this.user);
    const found = this.#find(message);
    if (!this.#isOwn(found) && !this.#room.hasRight(this.user.id, 'can_delete_messages')) {
      throw new Error(`${this.user.first_name} may delete own messages only`);
    }
    this.#room.history.delete(found.message_id);
  }

  /** Sets the agent's reactions on a message; none takes them away. */
  react(message: Message | number, emoji: string | readonly string[]): void {
    this.#reactions.set(this.#find(message), typeof emoji === 'string' ? [emoji] : emoji);
  }

  /**
   * Presses a button of a message. Anonymous administrators are named all the same.
   *
   * @param button The text of the button, or its callback data.
   */
  press(message: Message | number, button: string): ButtonPress {
    requirePresence(this.#room, this.user);
    const found = this.#find(message);
    const data = findButton(found, button);
    const bot = this.#botOf(found);
    const id = String(BigInt(`0x${randomUUID().replaceAll('-', '').slice(0, 15)}`));
    bot.queries.add(id);
    const query: CallbackQuery = {
      id,
      from: this.user,
      message: found,
      chat_instance: String(BigInt(this.#room.id) * 7_919n),
      data,
    };
    const event = { payload: query, key: `callback_query ${this.user.id}` };
    this.#parts.world.sendEvent(
      this.#room,
      'callback_query',
      event,
      ({ id: botId }) => botId === bot.id,
    );
    return new ButtonPress({ bot, waiters: this.#parts.world.waiters }, id, data);
  }

  /** Pins a message. */
  pin(message: Message | number): void {
    requirePresence(this.#room, this.user);
    requireRight(this.#room, this.user, {
      right: this.#room.chat.type === 'channel' ? 'can_edit_messages' : 'can_pin_messages',
      isOpenToMembers:
        this.#room.chat.type !== 'channel' && this.#room.permissions.can_pin_messages,
      to: 'pin messages',
    });
    new PinnedMessages(this.#parts.world).pin(this.#room, this.#sender, this.#find(message));
  }

  /** Creates a topic; its id is the `message_thread_id`. */
  createTopic(name: string): { readonly id: number; readonly name: string } {
    const { id, name: kept } = this.#forum.create(name);
    return { id, name: kept };
  }

  /** Renames a topic. */
  renameTopic(topicId: number, name: string): void {
    this.#forum.rename(topicId, name);
  }

  /** Closes a topic, so that mere members cannot write there. */
  closeTopic(topicId: number): void {
    this.#forum.close(topicId);
  }

  /** Opens a topic again. */
  reopenTopic(topicId: number): void {
    this.#forum.reopen(topicId);
  }

  /** Deletes a topic with its messages; bots learn nothing of it. */
  deleteTopic(topicId: number): void {
    this.#forum.delete(topicId);
  }

  /** Leaves the chat. */
  leave(): void {
    requirePresence(this.#room, this.user);
    if (this.#room.chat.type === 'private') throw new Error('Nobody can leave a private chat');
    const member = { user: this.user, status: 'left' } as const;
    new Membership(this.#parts.world).change(this.#room, member, this.user);
  }

  /**
   * The same person as an anonymous administrator of the supergroup.
   *
   * @param signature The custom title that others see.
   */
  anonymously(signature?: string): EmulatedAgent {
    this.#requireSupergroup('Anonymous administrators exist');
    return new EmulatedAgent(this.#parts, this.#room, this.user, {
      from: GROUP_ANONYMOUS_BOT,
      sender_chat: this.#room.chat,
      ...(signature !== undefined && { author_signature: signature }),
    });
  }

  /** The same person as the channel of this title. */
  asChannel(title: string): EmulatedAgent {
    this.#requireSupergroup('Channels write');
    return new EmulatedAgent(this.#parts, this.#room, this.user, {
      from: CHANNEL_BOT,
      sender_chat: this.#parts.world.rooms.channel(title),
    });
  }

  #post({ message_thread_id: wanted, ...content }: Partial<Message>, replied?: Message): Message {
    const messageThreadId = this.#room.isForum && wanted === GENERAL_TOPIC_ID ? undefined : wanted;
    requirePresence(this.#room, this.user, { content, messageThreadId, replied });
    const draft = { sender: this.#sender, replied, messageThreadId, content };
    return this.user.is_bot
      ? this.#parts.world.post(this.#room, draft)
      : this.#parts.world.postToBots(this.#room, draft);
  }

  #replace(message: Message): Message {
    const edited = { ...message, edit_date: this.#parts.world.seconds };
    if (this.user.is_bot) this.#room.history.replace(edited);
    else this.#parts.world.edit(this.#room, edited);
    return edited;
  }

  #find(message: Message | number): Message {
    const messageId = typeof message === 'number' ? message : message.message_id;
    const found = this.#room.history.find(messageId);
    if (!found) throw new Error(`There is no message ${messageId} in chat ${this.#room.id}`);
    return found;
  }

  #own(message: Message | number): Message {
    const found = this.#find(message);
    const isPost = this.#room.chat.type === 'channel';
    const mayEdit = isPost && this.#room.hasRight(this.user.id, 'can_edit_messages');
    if (!mayEdit && !this.#isOwn(found)) {
      throw new Error(`Message ${found.message_id} is not by ${this.user.first_name}`);
    }
    return found;
  }

  /** Posts of a channel are nobody's own. */
  #isOwn({ from, sender_chat: chat }: Message): boolean {
    const { from: self, sender_chat: ownChat } = this.#sender;
    return from !== undefined && from.id === self?.id && chat?.id === ownChat?.id;
  }

  /** The posts of a channel do not tell which bot wrote them; then it is the first that is there. */
  #botOf({ from }: Message): BotAccount {
    const { bots, world } = this.#parts;
    const present = bots.find(({ id }) => this.#room.has(id));
    return world.findBot(from?.id ?? 0) ?? present ?? bots[0];
  }

  #textOf(text: string, extra: Partial<Message>): Partial<Message> {
    const { message_thread_id: _threadId, ...said } = extra;
    if (text === '' && Object.keys(said).length > 0) return {};
    const finished = finishText({ text, entities: [] });
    return textContent(finished, (id) => this.#parts.world.findUser(id));
  }

  #captionOf(caption: string): Partial<Message> {
    if (caption === '') return {};
    const { text, entities } = this.#textOf(caption, {});
    return { caption: text, ...(entities && { caption_entities: entities }) };
  }

  #mediaOf(kind: FileKind, file: AgentFile, caption: string): Partial<Message> {
    const { files } = this.#parts.world;
    const stored = storeAgentFile(files, kind, file);
    const content = createMediaContent(files, stored);
    if (caption !== '' && !hasCaption(content)) throw new Error(`A ${kind} has no caption`);
    return { ...content, ...this.#captionOf(caption) };
  }

  #requireSupergroup(what: string): void {
    if (this.#room.chat.type !== 'supergroup') {
      throw new Error(`${what} in supergroups only; chat ${this.#room.id} is none`);
    }
  }
}
