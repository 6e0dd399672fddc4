import type { Message } from '@grammyjs/types';
import { mediaOf } from '../files/message-file.js';
import type { ArrivalWaiters } from './arrival-waiters.js';

/** The messages of a chat and the reactions on them. */
export class ChatHistory {
  readonly #messages = new Map<number, Message>();
  /** By message id and by the id of who reacted. */
  readonly #reactions = new Map<number, Map<number, readonly string[]>>();
  /** The ids of messages that cannot be edited, though their sender may. */
  readonly #frozen = new Set<number>();
  readonly #isBot: (userId: number) => boolean;
  readonly #nextId: () => number;
  readonly #waiters: ArrivalWaiters;

  /**
   * @param nextId Gives the next message id: of this chat alone, or shared with others.
   * @param isBot Whether this is the id of a bot of the emulator.
   */
  constructor(nextId: () => number, isBot: (userId: number) => boolean, waiters: ArrivalWaiters) {
    this.#nextId = nextId;
    this.#isBot = isBot;
    this.#waiters = waiters;
  }

  /** All messages, the oldest first. */
  get messages(): Message[] {
    return [...this.#messages.values()];
  }

  find(messageId: number): Message | undefined {
    return this.#messages.get(messageId);
  }

  /** Adds a message under the next id. */
  append(create: (messageId: number) => Message): Message {
    const message = create(this.#nextId());
    this.#messages.set(message.message_id, message);
    this.#waiters.notify();
    return message;
  }

  /** Puts a changed message in the place of the old one. */
  replace(message: Message): void {
    this.#messages.set(message.message_id, message);
    this.#waiters.notify();
  }

  /** Makes a message one that cannot be edited any more. */
  freeze(messageId: number): void {
    this.#frozen.add(messageId);
  }

  isFrozen(messageId: number): boolean {
    return this.#frozen.has(messageId);
  }

  /** Deletes a message; nobody sees it, or what was thought of it, any more. */
  delete(messageId: number): void {
    this.#messages.delete(messageId);
    this.#reactions.delete(messageId);
    this.#waiters.notify();
  }

  /** Sets somebody's reaction; none removes it. */
  react(messageId: number, userId: number, emoji: readonly string[]): void {
    const reactions = this.#reactions.get(messageId) ?? new Map<number, readonly string[]>();
    this.#reactions.set(messageId, reactions.set(userId, emoji));
    this.#waiters.notify();
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
