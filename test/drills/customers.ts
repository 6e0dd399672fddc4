import { setTimeout as pause } from 'node:timers/promises';

/** How long a customer's app waits before it sends a message again that was not accepted. */
const RETRY_MS = 50;
const TIMEOUT_MS = 10_000;

/** People who write to the app, each in a thread of their own, and send again what it has not accepted. */
export class Customers {
  /** How many messages the app has said that it has taken. */
  accepted = 0;
  /** How many threads the app has said that it moves. */
  moved = 0;
  /** How often a message had to be sent again. */
  refused = 0;
  /** The texts of the messages that had to be sent again. */
  readonly resent = new Set<string>();
  readonly #url: string;
  readonly #written = new Map<string, number>();
  #isOver = false;

  /** @param extra What each message has beside its text. */
  constructor(
    appUrl: string,
    private readonly extra: object = {},
  ) {
    this.#url = appUrl;
  }

  /** Opens a thread by its first message. */
  async open(threadId: string): Promise<void> {
    this.#written.set(threadId, 1);
    const messageId = 'm000';
    const text = `${threadId} ${messageId}`;
    const thread = { ...this.extra, threadId, messageId, text };
    if (await this.#insist('threads', thread)) this.accepted += 1;
  }

  /** Writes further messages in a thread, each when the one before it was accepted. */
  async write(threadId: string, count: number): Promise<void> {
    const begin = this.#written.get(threadId) ?? 0;
    this.#written.set(threadId, begin + count);
    for (let number = begin; number < begin + count; number += 1) {
      const messageId = `m${String(number).padStart(3, '0')}`;
      const text = `${threadId} ${messageId}`;
      const onRefused = () => this.resent.add(text);
      const message = { ...this.extra, threadId, messageId, text };
      if (await this.#insist('messages', message, onRefused)) this.accepted += 1;
    }
  }

  /** Has the app give a thread to another desk. */
  async move(threadId: string, desk: string): Promise<void> {
    if (await this.#insist('moves', { threadId, desk })) this.moved += 1;
  }

  /** They give up. */
  leave(): void {
    this.#isOver = true;
  }

  /** @returns False when they have given up. */
  async #insist(path: string, what: object, onRefused?: () => void): Promise<boolean> {
    while (!(await this.#post(path, JSON.stringify(what)))) {
      if (this.#isOver) return false;
      this.refused += 1;
      onRefused?.();
      await pause(RETRY_MS);
    }
    return true;
  }

  async #post(path: string, body: string): Promise<boolean> {
    try {
      const headers = { 'Content-Type': 'application/json' };
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const { status } = await fetch(`${this.#url}/${path}`, {
        method: 'POST',
        headers,
        body,
        signal,
      });
      return status === 201;
    } catch {
      return false;
    }
  }
}
