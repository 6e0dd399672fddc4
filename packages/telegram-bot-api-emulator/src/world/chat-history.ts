import type { Message } from '@grammyjs/types';
import { mediaOf } from '../files/message-file.js';
import type { ArrivalWaiters } from './arrival-waiters.js';
import type { ReplyKeyboard } from '../parameters/reply-keyboard-reader.js';

/** What a history works with. */
export interface ChatHistoryContext {
  readonly nextId: () => number;
  readonly isBot: (userId: number) => boolean;
  readonly onChange: (messageId: number) => void;
  readonly waiters: ArrivalWaiters;
}

/** The messages of a chat and the reactions on them. */
export class ChatHistory {
  readonly #messages = new Map<number, Message>();
  /** By message id and by the id of who reacted. */
  readonly #reactions = new Map<number, Map<number, readonly string[]>>();
  /** The keyboards that clients show because of a message, by its id. */
  readonly #replyKeyboards = new Map<number, ReplyKeyboard>();
  readonly #isBot: (userId: number) => boolean;
  readonly #nextId: () => number;
  readonly #waiters: ArrivalWaiters;
  readonly #onChange: (messageId: number) => void;

  /**
   * @param context.nextId Gives the next message id: of this chat alone, or shared with others.
   * @param context.isBot Whether this is the id of a bot of the emulator.
   * @param context.onChange Called whenever a message came, changed or went.
   */
  constructor(context: ChatHistoryContext) {
    this.#nextId = context.nextId;
    this.#isBot = context.isBot;
    this.#waiters = context.waiters;
    this.#onChange = context.onChange;
  }

  /** All messages, the oldest first. */
  get messages(): Message[] {
    return [...this.#messages.values()];
  }

  /** The id of the message that came last, if it is still there; 0 when there is none. */
  get lastId(): number {
    return [...this.#messages.keys()].at(-1) ?? 0;
  }

  find(messageId: number): Message | undefined {
    return this.#messages.get(messageId);
  }

  /** Adds a message under the next id. */
  append(create: (messageId: number) => Message): Message {
    const message = create(this.#nextId());
    this.#messages.set(message.message_id, message);
    this.#changed(message.message_id);
    return message;
  }

  /** Puts a changed message in the place of the old one. */
  replace(message: Message): void {
    this.#messages.set(message.message_id, message);
    this.#changed(message.message_id);
  }

  /** Lets clients show a keyboard because of a message, which cannot be edited any more then. */
  showReplyKeyboard(messageId: number, keyboard: ReplyKeyboard): void {
    this.#replyKeyboards.set(messageId, keyboard);
  }

  /** The keyboard that clients show because of a message; undefined when there is none. */
  replyKeyboardOf(messageId: number): ReplyKeyboard | undefined {
    return this.#replyKeyboards.get(messageId);
  }

  /** Deletes a message; nobody sees it, or what was thought of it, any more. */
  delete(messageId: number): void {
    this.#messages.delete(messageId);
    this.#reactions.delete(messageId);
    this.#replyKeyboards.delete(messageId);
    this.#changed(messageId);
  }

  /** Sets somebody's reaction; none removes it. */
  react(messageId: number, userId: number, emoji: readonly string[]): void {
    const reactions = this.#reactions.get(messageId) ?? new Map<number, readonly string[]>();
    this.#reactions.set(messageId, reactions.set(userId, emoji));
    this.#changed(messageId);
  }

  /** Somebody's reaction. */
  reactionOf(messageId: number, userId: number): readonly string[] {
    return this.#reactions.get(messageId)?.get(userId) ?? [];
  }

  /** How often each emoji was chosen by anybody. */
  reactionCounts(messageId: number): Map<string, number> {
    const counts = new Map<string, number>();
    for (const emoji of [...(this.#reactions.get(messageId)?.values() ?? [])].flat()) {
      counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
    }
    return counts;
  }

  /** The reactions on a message by who reacted, those who have taken theirs away included. */
  reactionsBy(messageId: number): ReadonlyMap<number, readonly string[]> {
    return this.#reactions.get(messageId) ?? new Map<number, readonly string[]>();
  }

  /** The reactions of bots. */
  reactionsOn(messageId: number): string[] {
    const reactions = [...(this.#reactions.get(messageId) ?? [])];
    return reactions.flatMap(([userId, emoji]) => (this.#isBot(userId) ? emoji : []));
  }

  /** See `EmulatedChat.waitForMessage`. */
  waitForMessage(predicate: (message: Message) => boolean, timeoutMs: number): Promise<Message> {
    return this.#waiters.wait(
      () => this.messages.find(predicate),
      timeoutMs,
      () => `No such message came within ${timeoutMs} ms. ${this.#describe()}`,
    );
  }

  /** See `EmulatedChat.waitForReaction`. */
  waitForReaction(messageId: number, timeoutMs: number): Promise<string[]> {
    return this.#waiters.wait(
      () => {
        const emoji = this.reactionsOn(messageId);
        return emoji.length > 0 ? emoji : undefined;
      },
      timeoutMs,
      () =>
        `The bot did not react to message ${messageId} within ${timeoutMs} ms. ${this.#describe()}`,
    );
  }

  /** See `EmulatedChat.waitForReactionsToBe`. */
  waitForReactionsToBe(
    messageId: number,
    emoji: readonly string[],
    timeoutMs: number,
  ): Promise<string[]> {
    return this.#waiters.wait(
      () => {
        const found = this.reactionsOn(messageId);
        return found.join() === emoji.join() ? found : undefined;
      },
      timeoutMs,
      () =>
        `The reactions on message ${messageId} were not "${emoji.join('')}" within ${timeoutMs} ms. ${this.#describe()}`,
    );
  }

  /** See `EmulatedChat.waitForAlbum`. */
  async waitForAlbum(
    predicate: (message: Message) => boolean,
    timeoutMs: number,
  ): Promise<Message[]> {
    const found = await this.#waiters.wait(
      () => this.messages.find((message) => message.media_group_id && predicate(message)),
      timeoutMs,
      () => `No such album came within ${timeoutMs} ms. ${this.#describe()}`,
    );
    // Its messages are added one after the other; by now all of them are there.
    return this.messages.filter((each) => each.media_group_id === found.media_group_id);
  }

  /** See `EmulatedChat.waitForDeletion`. */
  async waitForDeletion(messageId: number, timeoutMs: number): Promise<void> {
    await this.#waiters.wait(
      () => (this.#messages.has(messageId) ? undefined : true),
      timeoutMs,
      () => `Message ${messageId} was not deleted within ${timeoutMs} ms. ${this.#describe()}`,
    );
  }

  #changed(messageId: number): void {
    this.#waiters.notify();
    this.#onChange(messageId);
  }

  #describe(): string {
    const lines = this.messages.map((message) => {
      const sender = message.sender_chat?.title ?? message.from?.first_name ?? 'nobody';
      const text = message.text ?? message.caption;
      const media = mediaOf(message);
      const reactions = this.reactionsOn(message.message_id).join('');
      return `  ${message.message_id} ${sender}: ${[media, text === undefined ? '' : JSON.stringify(text)].join(' ').trim() || '(no text)'} ${reactions}`.trimEnd();
    });
    return lines.length === 0 ? 'The chat is empty.' : `The chat holds:\n${lines.join('\n')}`;
  }
}
