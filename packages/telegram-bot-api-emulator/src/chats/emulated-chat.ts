import type { ChatPermissions, Message } from '@grammyjs/types';
import type { EmulatedAgent } from '../agents/emulated-agent.js';
import type { EmulatedBot } from '../bots/emulated-bot.js';
import { readContent } from '../files/file-content.js';
import { fileIdOf } from '../files/message-file.js';
import type { FloodGate } from '../floods/flood-gate.js';
import type { AdministratorRights } from '../world/administrator-rights.js';
import type { BotAccount } from '../world/bot-account.js';
import type { BotStatus, ChatRoom, MemberStatus } from '../world/chat-room.js';
import type { EmulatedWorld } from '../world/emulated-world.js';
import type { PersonOptions } from '../world/people.js';
import { topicIdOf, type TopicReference } from '../world/topic-reference.js';
import type { AgentOptions } from './chat.options.js';
import { ChatMembers } from './chat-members.js';
import { describeTopics, type EmulatedTopic, listTopics } from './emulated-topic.js';
import { linkChannel, postFromChannel } from './linked-channel.js';
import { upgradeGroup } from './upgrade-group.js';

/**
 * A chat of the emulator, as the people in it see it.
 *
 * @publicApi
 */
export class EmulatedChat {
  readonly #world: EmulatedWorld;
  readonly #floods: FloodGate;
  readonly #room: ChatRoom;
  readonly #bot: BotAccount;
  readonly #members: ChatMembers;

  /** @internal Use `BotApiEmulator.createGroup()` and its siblings. */
  constructor(world: EmulatedWorld, floods: FloodGate, room: ChatRoom, bot: BotAccount) {
    this.#world = world;
    this.#floods = floods;
    this.#room = room;
    this.#bot = bot;
    this.#members = new ChatMembers(world, room);
  }

  get id(): number {
    return this.#room.id;
  }

  get type(): 'private' | 'group' | 'supergroup' | 'channel' {
    return this.#room.chat.type;
  }

  /**
   * All messages, the oldest first, as the client of a person in the chat shows them, but for ephemeral ones:
   * those are in {@link EmulatedAgent.ephemeralMessages}.
   */
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
   * Changes what a bot is here, which it learns by a `my_chat_member` update.
   *
   * @param bot By default the first bot.
   */
  setBotStatus(status: BotStatus, bot?: EmulatedBot): void {
    this.#members.changeBot(this.#account(bot), status, this.#bot);
  }

  /**
   * Changes some of the rights that a bot has here as an administrator, which it learns, too.
   *
   * @param bot By default the first bot.
   */
  setBotRights(rights: Partial<AdministratorRights>, bot?: EmulatedBot): void {
    this.#members.promote(this.#account(bot).user, rights);
  }

  /** Changes what members who are no administrators may do, bots included. */
  setPermissions(permissions: ChatPermissions): void {
    this.#room.permissions = { ...this.#room.permissions, ...permissions };
    this.#room.changed();
  }

  /**
   * Switches slow mode on, or off with 0. `getChat` says so; nobody is kept from writing.
   *
   * @param seconds Between two messages of somebody who is no administrator.
   */
  setSlowMode(seconds: number): void {
    if (this.type !== 'supergroup') throw new Error('Only supergroups have slow mode');
    this.#room.slowModeSeconds = seconds;
    this.#room.changed();
  }

  /**
   * Changes which emoji may be set as reactions in the chat.
   *
   * @param emoji None forbids reactions; `all` is what a chat begins with.
   */
  allowReactions(emoji: readonly string[] | 'all'): void {
    this.#room.allowedReactions = emoji === 'all' ? undefined : [...emoji];
    this.#room.changed();
  }

  /**
   * The agent of this name, who is in the chat as if from the start. The same name gives the same
   * agent, and in other chats the same person; options count the first time.
   */
  agent(name: string, options: AgentOptions = {}): EmulatedAgent {
    return this.#members.agent(name, options);
  }

  /** Lets somebody join while everybody sees it. */
  join(name: string, options: PersonOptions = {}): EmulatedAgent {
    return this.#members.join(name, options);
  }

  /** Removes somebody, who may come back. */
  kick(name: string): void {
    this.#members.change(name, 'left');
  }

  /** Removes somebody for good. */
  ban(name: string): void {
    this.#members.change(name, 'kicked');
  }

  /** Takes away from somebody the right to write. */
  restrict(name: string): void {
    this.#members.changePresent(name, 'restricted');
  }

  /** Makes somebody a mere member. */
  demote(name: string): void {
    this.#members.changePresent(name, 'member');
  }

  /** Makes somebody an administrator. */
  promote(name: string, rights: Partial<AdministratorRights> = {}): void {
    this.#members.promote(this.agent(name).user, rights);
  }

  /** Switches topics on or off. */
  setForum(isForum: boolean): void {
    const { chat } = this.#room;
    if (chat.type !== 'supergroup') {
      throw new Error('Only supergroups have topics; upgrade the group');
    }
    const { is_forum: _isForum, ...bare } = chat;
    this.#room.chat = isForum ? { ...bare, is_forum: true } : bare;
    this.#room.changed();
  }

  /**
   * Lets bots not find a topic any more, though it is there, as happens when a forum has had a million
   * messages since (telegram-bot-api#596): `message thread not found`.
   */
  forgetTopic(topic: TopicReference): void {
    const { topics } = this.#room;
    const topicId = topicIdOf(topic);
    if (!topics.find(topicId)) throw new Error(`There is no topic ${topicId} in chat ${this.id}`);
    topics.forget(topicId);
  }

  /**
   * Lets what bots send to a deleted topic stand in General instead of being refused, as has been seen
   * at Telegram: the call succeeds, and its answer has no `message_thread_id`. False at first.
   */
  redirectDeletedTopics(isRedirected: boolean): void {
    this.#room.topics.redirectsDeleted = isRedirected;
    this.#room.changed();
  }

  /** Makes this channel one whose posts Telegram forwards to a supergroup. */
  linkTo(discussion: EmulatedChat): void {
    linkChannel(this.#room, discussion.#room);
  }

  /** Forwards a post of a channel that nobody looks into, as if the supergroup were linked to one. */
  linkedChannelPost(text: string): Message {
    return postFromChannel(this.#world, this.#room, text);
  }

  /**
   * Makes a supergroup of a basic group: a new chat with a new id and a new count of messages.
   * Both chats get their service message; the old id answers with `migrate_to_chat_id`.
   */
  upgrade(): EmulatedChat {
    const room = upgradeGroup(this.#world, this.#room);
    const upgraded = new EmulatedChat(this.#world, this.#floods, room, this.#bot);
    const owner = upgraded.agent(this.#room.owner.first_name);
    owner.anonymously().write('', { migrate_from_chat_id: this.id });
    return upgraded;
  }

  /**
   * Lets all ephemeral messages of the chat expire: nobody sees them, bots cannot edit them any more, and their ids are
   * used again. They do after a week by the emulator's clock; Telegram does not say after which time.
   */
  expireEphemeralMessages(): void {
    this.#room.ephemeral.clear();
  }

  /** Deletes a basic group for everybody, or the account of the other side of a private chat. */
  destroy(): void {
    if (this.type === 'group') this.#room.isDeleted = true;
    else if (this.type === 'private') this.#room.isDeactivated = true;
    else throw new Error('Only basic groups and private chats are destroyed');
    this.#room.changed();
  }

  /**
   * Lets Telegram refuse all that bots send here for a while, with 429 and a `retry_after` that
   * counts down.
   */
  flood(seconds: number): void {
    this.#floods.block(this.#room, seconds * 1000);
    this.#room.changed();
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
    timeoutMs = this.#world.waiters.timeoutMs,
  ): Promise<Message> {
    return this.#room.history.waitForMessage(predicate, timeoutMs);
  }

  /**
   * Resolves with the first topic that fits, at once if there is one already.
   *
   * @example await forum.waitForTopic(({ isClosed, icon }) => isClosed && icon === '✅');
   *
   * @param timeoutMs Real milliseconds; then it rejects with an error that lists what is there.
   */
  waitForTopic(
    predicate: (topic: EmulatedTopic) => boolean,
    timeoutMs = this.#world.waiters.timeoutMs,
  ): Promise<EmulatedTopic> {
    return this.#world.waiters.wait(
      () => this.topics.find(predicate),
      timeoutMs,
      () => `No such topic came within ${timeoutMs} ms. ${describeTopics(this.topics)}`,
    );
  }

  /**
   * Resolves with the emoji of the bots' reactions on a message, at once if there are any already.
   *
   * @param timeoutMs Real milliseconds; then it rejects with an error that lists what is there.
   */
  waitForReaction(messageId: number, timeoutMs = this.#world.waiters.timeoutMs): Promise<string[]> {
    return this.#room.history.waitForReaction(messageId, timeoutMs);
  }

  /**
   * Resolves when the bots' reactions on a message are exactly these; none when they have been taken
   * away.
   *
   * @param timeoutMs Real milliseconds; then it rejects with an error that lists what is there.
   */
  waitForReactionsToBe(
    messageId: number,
    emoji: readonly string[],
    timeoutMs = this.#world.waiters.timeoutMs,
  ): Promise<string[]> {
    return this.#room.history.waitForReactionsToBe(messageId, emoji, timeoutMs);
  }

  /**
   * Resolves with all messages of the first album of which one fits, at once if it is there already.
   *
   * @example
   * const [photo] = await desk.waitForAlbum(({ caption }) => caption?.includes('#42') === true);
   * expect(desk.fileBytes(photo)).toEqual(screenshot);
   *
   * @param timeoutMs Real milliseconds; then it rejects with an error that lists what is there.
   */
  waitForAlbum(
    predicate: (message: Message) => boolean,
    timeoutMs = this.#world.waiters.timeoutMs,
  ): Promise<Message[]> {
    return this.#room.history.waitForAlbum(predicate, timeoutMs);
  }

  /**
   * Resolves when a message is not there any more.
   *
   * @param timeoutMs Real milliseconds; then it rejects with an error that lists what is there.
   */
  waitForDeletion(messageId: number, timeoutMs = this.#world.waiters.timeoutMs): Promise<void> {
    return this.#room.history.waitForDeletion(messageId, timeoutMs);
  }

  /**
   * The bytes of the file in a message: of a photo its largest size, of a live photo the video.
   *
   * @throws {Error} When the message holds no file.
   */
  fileBytes(message: Message): Uint8Array {
    const fileId = fileIdOf(message);
    const file = fileId === undefined ? undefined : this.#world.files.findCanonical(fileId);
    if (!file) throw new Error(`Message ${message.message_id} of chat ${this.id} holds no file`);
    return readContent(file);
  }

  #account(bot: EmulatedBot | undefined): BotAccount {
    return (bot && this.#world.findBot(bot.id)) ?? this.#bot;
  }
}
