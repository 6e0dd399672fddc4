import type { Message } from '@grammyjs/types';
import type { ArrivalWaiters } from './arrival.waiters.js';

/** The messages of a chat and the bot's reactions on them. */
export class ChatHistory {
  readonly #messages = new Map<number, Message>();
  readonly #reactions = new Map<number, readonly string[]>();
  readonly #nextId: () => number;
  readonly #waiters: ArrivalWaiters;

  /** @param nextId Gives the next message id: of this chat alone, or shared with others. */
  constructor(nextId: () => number, waiters: ArrivalWaiters) {
    this.#nextId = nextId;
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

  /** Sets the bot's reaction; none removes it. */
  react(messageId: number, emoji: readonly string[]): void {
    this.#reactions.set(messageId, emoji);
    this.#waiters.notify();
  }

  /** The bot's reaction. */
  reactionsOn(messageId: number): string[] {
    return [...(this.#reactions.get(messageId) ?? [])];
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

  #describe(): string {
    const lines = this.messages.map((message) => {
      const sender = message.sender_chat?.title ?? message.from?.first_name ?? 'nobody';
      const text = message.text ?? message.caption;
      const reactions = this.reactionsOn(message.message_id).join('');
      return `  ${message.message_id} ${sender}: ${text === undefined ? '(no text)' : JSON.stringify(text)} ${reactions}`.trimEnd();
    });
    return lines.length === 0 ? 'The chat is empty.' : `The chat holds:\n${lines.join('\n')}`;
  }
}
