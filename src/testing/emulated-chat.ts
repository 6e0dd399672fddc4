import type { ChatMemberUpdated, Message, User } from '@grammyjs/types';
import { createChatMember } from './world/chat-member.factory.js';
import type { BotStatus, ChatRoom, MemberStatus } from './world/chat.room.js';
import { EmulatedAgent } from './emulated-agent.js';
import type { EmulatedWorld, PersonOptions } from './world/emulated.world.js';
import { textContent } from './world/message.composer.js';
import { finishText } from './text/text.finisher.js';

/** What is known of an agent from the start. */
export interface AgentOptions extends PersonOptions {
  /** What the agent is in the chat. `member` by default. */
  readonly status?: MemberStatus;
}

/** Posts of a linked channel are forwarded under this name. */
const TELEGRAM: User = { id: 777_000, is_bot: false, first_name: 'Telegram' };

/** Shorter than the time test runners give a test, so that its error is seen. */
const DEFAULT_TIMEOUT_MS = 4_000;

/** A chat of the emulator, as the people in it see it. */
export class EmulatedChat {
  readonly #world: EmulatedWorld;
  readonly #room: ChatRoom;
  readonly #agents = new Map<string, EmulatedAgent>();

  /** @internal Use `BotApiEmulator.createGroup()` and its siblings. */
  constructor(world: EmulatedWorld, room: ChatRoom) {
    this.#world = world;
    this.#room = room;
  }

  get id(): number {
    return this.#room.id;
  }

  get type(): 'private' | 'group' | 'supergroup' {
    return this.#room.chat.type;
  }

  /** All messages, the oldest first, as the client of a person in the chat shows them. */
  get messages(): Message[] {
    return this.#room.history.messages;
  }

  /** What the bot is here; `kicked` in a private chat means that it is blocked. */
  get botStatus(): BotStatus {
    return this.#room.botStatus;
  }

  /** Changes what the bot is here and tells it by a `my_chat_member` update. */
  setBotStatus(status: BotStatus): void {
    const { chat, owner, botStatus } = this.#room;
    if (status === botStatus) return;
    this.#room.botStatus = status;
    const update = {
      chat,
      from: owner,
      date: this.#world.seconds,
      old_chat_member: createChatMember(this.#world.bot.user, botStatus, chat),
      new_chat_member: createChatMember(this.#world.bot.user, status, chat),
    } satisfies ChatMemberUpdated;
    this.#world.updates.create('my_chat_member', update, `my_chat_member ${chat.id}`);
  }

  /**
   * The agent of this name, who joins the chat if needed. The same name gives the same agent, and
   * in other chats the same person; options count the first time.
   */
  agent(name: string, options: AgentOptions = {}): EmulatedAgent {
    const known = this.#agents.get(name);
    if (known) return known;
    const user = this.#world.person(name, options);
    if (this.type === 'private' && user.id !== this.id) {
      throw new Error(`Only ${this.#room.owner.first_name} writes in this private chat`);
    }
    if (!this.#room.members.has(user.id)) {
      this.#room.members.set(user.id, { user, status: options.status ?? 'member' });
    }
    const agent = new EmulatedAgent(this.#world, this.#room, user);
    this.#agents.set(name, agent);
    return agent;
  }

  /** Forwards a post of the channel that the supergroup is linked to, as Telegram does by itself. */
  linkedChannelPost(text: string): Message {
    if (this.#room.chat.type !== 'supergroup') {
      throw new Error(`Only supergroups are linked to a channel; chat ${this.id} is none`);
    }
    const channel = this.#world.channel(`Channel of ${this.#room.chat.title}`);
    const origin = {
      type: 'channel',
      chat: channel,
      message_id: this.messages.length + 1,
      date: this.#world.seconds,
    } as const;
    return this.#world.postToBot(this.#room, {
      sender: { from: TELEGRAM, sender_chat: channel },
      content: {
        forward_origin: origin,
        is_automatic_forward: true,
        ...textContent(finishText({ text, entities: [] }), (id) => this.#world.findUser(id)),
      },
    });
  }

  /**
   * Makes a supergroup of a basic group: a new chat with a new id and a new count of messages.
   * Both chats get their service message; the old id answers with `migrate_to_chat_id`.
   */
  upgrade(): EmulatedChat {
    const { chat, owner, botStatus } = this.#room;
    if (chat.type !== 'group')
      throw new Error(`Only basic groups are upgraded; ${this.id} is none`);
    const room = this.#world.createSupergroupRoom({ title: chat.title }, botStatus);
    for (const [id, member] of this.#room.members) room.members.set(id, member);
    this.#world.postToBot(this.#room, {
      sender: { from: owner },
      content: { migrate_to_chat_id: room.id },
    });
    this.#room.migratedToChatId = room.id;
    const upgraded = new EmulatedChat(this.#world, room);
    upgraded.agent(owner.first_name).anonymously().write('', { migrate_from_chat_id: this.id });
    return upgraded;
  }

  /** The emoji of the bot's reaction; empty without one. */
  reactionsOn(messageId: number): string[] {
    return this.#room.history.reactionsOn(messageId);
  }

  /**
   * Resolves with the first message that fits, at once if it is there already.
   *
   * @param timeoutMs Real milliseconds; then it rejects with an error that lists what is there.
   */
  waitForMessage(
    predicate: (message: Message) => boolean,
    timeoutMs = DEFAULT_TIMEOUT_MS,
  ): Promise<Message> {
    return this.#room.history.waitForMessage(predicate, timeoutMs);
  }

  /**
   * Resolves with the emoji of the bot's reaction on a message, at once if it is there already.
   *
   * @param timeoutMs Real milliseconds; then it rejects with an error that lists what is there.
   */
  waitForReaction(messageId: number, timeoutMs = DEFAULT_TIMEOUT_MS): Promise<string[]> {
    return this.#room.history.waitForReaction(messageId, timeoutMs);
  }
}
