import type { ChatPermissions, Message, User } from '@grammyjs/types';
import type { EmulatedBot } from '../bots/emulated-bot.js';
import { requireOpen } from '../agents/agent-presence.js';
import { EmulatedAgent } from '../agents/emulated-agent.js';
import { type EmulatedTopic, listTopics } from './emulated-topic.js';
import type { EmulatorParts } from '../emulator.factory.js';
import { finishText } from '../text/text-finisher.js';
import {
  type AdministratorRights,
  createAdministratorRights,
} from '../world/administrator-rights.js';
import type { BotAccount } from '../world/bot-account.js';
import type { BotStatus, ChatRoom, MemberStatus, RoomMember } from '../world/chat-room.js';
import { Membership } from '../world/membership.js';
import { textContent } from '../world/message-composer.js';
import type { PersonOptions } from '../world/people.js';
import { createBotMember } from '../world/room-directory.js';

/** What is known of an agent from the start. */
export interface AgentOptions extends PersonOptions {
  /** What the agent is in the chat. `member` by default. */
  readonly status?: 'creator' | 'administrator' | 'member';
}

/** Posts of a linked channel are forwarded under this name. */
const TELEGRAM: User = { id: 777_000, is_bot: false, first_name: 'Telegram' };

/** Shorter than the time test runners give a test, so that its error is seen. */
const DEFAULT_TIMEOUT_MS = 4_000;

/** A chat of the emulator, as the people in it see it. */
export class EmulatedChat {
  readonly #parts: EmulatorParts;
  readonly #room: ChatRoom;
  readonly #bot: BotAccount;
  readonly #membership: Membership;
  readonly #agents = new Map<string, EmulatedAgent>();

  /** @internal Use `BotApiEmulator.createGroup()` and its siblings. */
  constructor(parts: EmulatorParts, room: ChatRoom, bot: BotAccount) {
    this.#parts = parts;
    this.#room = room;
    this.#bot = bot;
    this.#membership = new Membership(parts.world);
  }

  get id(): number {
    return this.#room.id;
  }

  get type(): 'private' | 'group' | 'supergroup' | 'channel' {
    return this.#room.chat.type;
  }

  /** All messages, the oldest first, as the client of a person in the chat shows them. */
  get messages(): Message[] {
    return this.#room.history.messages;
  }

  /** The topics of a forum but for the General one, the oldest first. */
  get topics(): EmulatedTopic[] {
    return listTopics(this.#room);
  }

  /** The General topic of a forum. */
  get generalTopic(): {
    readonly name: string;
    readonly isClosed: boolean;
    readonly isHidden: boolean;
  } {
    const { name, isClosed, isHidden } = this.#room.topics.general;
    return { name, isClosed, isHidden };
  }

  /** The ids of the pinned messages, the one pinned last at the end. */
  get pinned(): readonly number[] {
    return this.#room.pinned;
  }

  /** What the first bot is here; `kicked` in a private chat means that it is blocked. */
  get botStatus(): MemberStatus {
    return this.#room.statusOf(this.#bot.id);
  }

  /**
   * Changes what a bot is here and tells it by a `my_chat_member` update.
   *
   * @param bot By default the first bot.
   */
  setBotStatus(status: BotStatus, bot?: EmulatedBot): void {
    const account = this.#account(bot);
    if (status === this.#room.statusOf(account.id)) return;
    requireOpen(this.#room);
    const isPrivateStatus = status === 'member' || status === 'kicked';
    if (this.type === 'private' && !(isPrivateStatus && account === this.#bot)) {
      throw new Error('In a private chat its bot is a member, or kicked, which means blocked');
    }
    const member = createBotMember(account, status, this.type);
    this.#membership.change(this.#room, member, this.#room.owner);
  }

  /**
   * Changes some of the rights that a bot has here as an administrator, and tells it.
   *
   * @param bot By default the first bot.
   */
  setBotRights(rights: Partial<AdministratorRights>, bot?: EmulatedBot): void {
    this.#promote(this.#account(bot).user, rights);
  }

  /** Changes what members who are no administrators may do, bots included. */
  setPermissions(permissions: ChatPermissions): void {
    this.#room.permissions = { ...this.#room.permissions, ...permissions };
  }

  /**
   * Changes which emoji may be set as reactions in the chat.
   *
   * @param emoji None forbids reactions; `all` is what a chat begins with.
   */
  allowReactions(emoji: readonly string[] | 'all'): void {
    this.#room.allowedReactions = emoji === 'all' ? undefined : [...emoji];
  }

  /**
   * The agent of this name, who is in the chat as if from the start. The same name gives the same
   * agent, and in other chats the same person; options count the first time.
   */
  agent(name: string, options: AgentOptions = {}): EmulatedAgent {
    const known = this.#agents.get(name);
    if (known) return known;
    const user = this.#parts.world.people.get(name, options);
    if (this.type === 'private' && user.id !== this.id) {
      throw new Error(`Only ${this.#room.owner.first_name} writes in this private chat`);
    }
    if (!this.#room.members.has(user.id)) {
      const { status = 'member' } = options;
      const rights = status === 'administrator' && { rights: createAdministratorRights(this.type) };
      this.#room.members.set(user.id, { user, status, ...rights });
    }
    const agent = new EmulatedAgent(this.#parts, this.#room, user);
    this.#agents.set(name, agent);
    return agent;
  }

  /** Lets somebody join while everybody sees it. */
  join(name: string, options: PersonOptions = {}): EmulatedAgent {
    this.#requireMembers();
    const user = this.#parts.world.people.get(name, options);
    if (this.#room.has(user.id)) throw new Error(`${name} is in chat ${this.id} already`);
    if (this.#room.statusOf(user.id) === 'kicked') {
      throw new Error(`${name} is banned from chat ${this.id}`);
    }
    this.#membership.change(this.#room, { user, status: 'member' }, user);
    return this.agent(name);
  }

  /** Removes somebody, who may come back. */
  kick(name: string): void {
    this.#changeMember(name, 'left');
  }

  /** Removes somebody for good. */
  ban(name: string): void {
    this.#changeMember(name, 'kicked');
  }

  /** Takes away from somebody the right to write. */
  restrict(name: string): void {
    this.#changeMember(name, 'restricted', true);
  }

  /** Makes somebody a mere member. */
  demote(name: string): void {
    this.#changeMember(name, 'member', true);
  }

  /** Makes somebody an administrator. */
  promote(name: string, rights: Partial<AdministratorRights> = {}): void {
    this.#promote(this.agent(name).user, rights);
  }

  /** Switches topics on or off. */
  setForum(isForum: boolean): void {
    const { chat } = this.#room;
    if (chat.type !== 'supergroup') {
      throw new Error('Only supergroups have topics; upgrade the group');
    }
    const { is_forum: _isForum, ...bare } = chat;
    this.#room.chat = isForum ? { ...bare, is_forum: true } : bare;
  }

  /** Makes this channel one whose posts Telegram forwards to a supergroup. */
  linkTo(discussion: EmulatedChat): void {
    if (this.type !== 'channel' || discussion.type !== 'supergroup') {
      throw new Error('A channel is linked to a supergroup');
    }
    for (const { linked } of [this.#room, discussion.#room]) if (linked) linked.linked = undefined;
    this.#room.linked = discussion.#room;
    discussion.#room.linked = this.#room;
  }

  /** Forwards a post of a channel that nobody looks into, as if the supergroup were linked to one. */
  linkedChannelPost(text: string): Message {
    const { world } = this.#parts;
    if (this.#room.chat.type !== 'supergroup') {
      throw new Error(`Only supergroups are linked to a channel; chat ${this.id} is none`);
    }
    const channel = world.rooms.channel(`Channel of ${this.#room.chat.title}`);
    const origin = {
      type: 'channel',
      chat: channel,
      message_id: this.messages.length + 1,
      date: world.seconds,
    } as const;
    const finished = finishText({ text, entities: [] });
    return world.postToBots(this.#room, {
      sender: { from: TELEGRAM, sender_chat: channel },
      content: {
        forward_origin: origin,
        is_automatic_forward: true,
        ...textContent(finished, (id) => world.findUser(id)),
      },
    });
  }

  /**
   * Makes a supergroup of a basic group: a new chat with a new id and a new count of messages.
   * Both chats get their service message; the old id answers with `migrate_to_chat_id`.
   */
  upgrade(): EmulatedChat {
    const { world } = this.#parts;
    const { chat, owner } = this.#room;
    requireOpen(this.#room);
    if (chat.type !== 'group') {
      throw new Error(`Only basic groups are upgraded; ${this.id} is none`);
    }
    const room = world.rooms.createSupergroup({ title: chat.title }, 'member');
    for (const [id, member] of this.#room.members) room.members.set(id, upgradeMember(member));
    room.permissions = this.#room.permissions;
    world.postToBots(this.#room, {
      sender: { from: owner },
      content: { migrate_to_chat_id: room.id },
    });
    this.#room.migratedToChatId = room.id;
    const upgraded = new EmulatedChat(this.#parts, room, this.#bot);
    upgraded.agent(owner.first_name).anonymously().write('', { migrate_from_chat_id: this.id });
    return upgraded;
  }

  /** Deletes a basic group for everybody, or the account of the other side of a private chat. */
  destroy(): void {
    if (this.type === 'group') this.#room.isDeleted = true;
    else if (this.type === 'private') this.#room.isDeactivated = true;
    else throw new Error('Only basic groups and private chats are destroyed');
  }

  /**
   * Lets Telegram refuse all that bots send here for a while, with 429 and a `retry_after` that
   * counts down.
   */
  flood(seconds: number): void {
    this.#parts.floods.block(this.#room, seconds * 1000);
  }

  /** The emoji of the bots' reactions; empty without one. */
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
   * Resolves with the emoji of the bots' reactions on a message, at once if there are any already.
   *
   * @param timeoutMs Real milliseconds; then it rejects with an error that lists what is there.
   */
  waitForReaction(messageId: number, timeoutMs = DEFAULT_TIMEOUT_MS): Promise<string[]> {
    return this.#room.history.waitForReaction(messageId, timeoutMs);
  }

  #changeMember(name: string, status: MemberStatus, isToStay = false): void {
    this.#requireMembers();
    const { user } = this.agent(name);
    if (isToStay) this.#requirePresent(user);
    this.#membership.change(this.#room, { user, status }, this.#room.owner);
  }

  #promote(user: User, changed: Partial<AdministratorRights>): void {
    this.#requireMembers();
    this.#requirePresent(user);
    const before = this.#room.members.get(user.id)?.rights ?? createAdministratorRights(this.type);
    const member: RoomMember = { user, status: 'administrator', rights: { ...before, ...changed } };
    this.#membership.change(this.#room, member, this.#room.owner);
  }

  #requireMembers(): void {
    requireOpen(this.#room);
    if (this.type === 'private') throw new Error('A private chat has no members to change');
  }

  #requirePresent({ id, first_name: name }: User): void {
    if (!this.#room.has(id)) throw new Error(`${name} is not in chat ${this.id}`);
  }

  #account(bot: EmulatedBot | undefined): BotAccount {
    return (bot && this.#parts.world.findBot(bot.id)) ?? this.#bot;
  }
}

/** Who ran the group runs the supergroup, where there is more to run; what was changed stays so. */
function upgradeMember(member: RoomMember): RoomMember {
  if (member.status !== 'administrator') return member;
  const usual = new Map<string, unknown>(Object.entries(createAdministratorRights('group')));
  const changed = Object.entries(member.rights ?? {}).filter(
    ([right, has]) => usual.get(right) !== has,
  );
  const rights = { ...createAdministratorRights('supergroup'), ...Object.fromEntries(changed) };
  return { ...member, rights };
}
