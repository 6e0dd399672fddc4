import type { Message, User } from '@grammyjs/types';
import type { ChatRoom } from './world/chat.room.js';
import type { EmulatedWorld } from './world/emulated.world.js';
import { type MessageSender, textContent } from './world/message.composer.js';
import { finishText } from './text/text.finisher.js';

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
  readonly #world: EmulatedWorld;
  readonly #room: ChatRoom;
  readonly #sender: MessageSender;

  /** @internal Use `EmulatedChat.agent()`. */
  constructor(
    world: EmulatedWorld,
    room: ChatRoom,
    /** The person, also where the messages name another sender. */
    readonly user: User,
    sender: MessageSender = { from: user },
  ) {
    this.#world = world;
    this.#room = room;
    this.#sender = sender;
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
    return this.#post(text, extra);
  }

  /**
   * Replies to a message of the chat.
   *
   * @param to The message or its id.
   * @param text See {@link write}.
   * @param extra See {@link write}.
   */
  reply(to: Message | number, text: string, extra: Partial<Message> = {}): Message {
    const messageId = typeof to === 'number' ? to : to.message_id;
    const replied = this.#room.history.find(messageId);
    if (!replied) throw new Error(`There is no message ${messageId} in chat ${this.#room.id}`);
    return this.#post(text, extra, replied);
  }

  /**
   * The same person as an anonymous administrator of the supergroup.
   *
   * @param signature The custom title that others see.
   */
  anonymously(signature?: string): EmulatedAgent {
    this.#requireSupergroup('Anonymous administrators exist');
    return new EmulatedAgent(this.#world, this.#room, this.user, {
      from: GROUP_ANONYMOUS_BOT,
      sender_chat: this.#room.chat,
      ...(signature !== undefined && { author_signature: signature }),
    });
  }

  /** The same person as the channel of this title. */
  asChannel(title: string): EmulatedAgent {
    this.#requireSupergroup('Channels write');
    return new EmulatedAgent(this.#world, this.#room, this.user, {
      from: CHANNEL_BOT,
      sender_chat: this.#world.channel(title),
    });
  }

  #post(text: string, extra: Partial<Message>, replied?: Message): Message {
    if (this.#room.migratedToChatId !== undefined) {
      throw new Error(
        `Group ${this.#room.id} has become supergroup ${this.#room.migratedToChatId}; write there`,
      );
    }
    if (this.#room.chat.type === 'private' && this.#room.botStatus === 'kicked') {
      throw new Error(`${this.user.first_name} has blocked the bot; set the bot's status first`);
    }
    const draft = {
      sender: this.#sender,
      replied,
      messageThreadId: extra.message_thread_id,
      content: { ...this.#textOf(text, extra), ...extra },
    };
    return this.user.is_bot
      ? this.#world.post(this.#room, draft)
      : this.#world.postToBot(this.#room, draft);
  }

  #textOf(text: string, extra: Partial<Message>): Partial<Message> {
    if (text === '' && Object.keys(extra).length > 0) return {};
    return textContent(finishText({ text, entities: [] }), (id) => this.#world.findUser(id));
  }

  #requireSupergroup(what: string): void {
    if (this.#room.chat.type !== 'supergroup') {
      throw new Error(`${what} in supergroups only; chat ${this.#room.id} is none`);
    }
  }
}
