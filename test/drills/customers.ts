import { setTimeout as pause } from 'node:timers/promises';

/** How long a customer's app waits before it sends a message again that was not accepted. */
const RETRY_MS = 50;
const TIMEOUT_MS = 10_000;

/** People who write to the app, each in a thread of their own, and send again what it has not accepted. */
export class Customers {
  /** How many messages the app has said that it has taken. */
  accepted = 0;
  /** How often a message had to be sent again. */
  refused = 0;
  readonly #url: string;
  readonly #written = new Map<string, number>();
  #isOver = false;

  constructor(appUrl: string) {
    this.#url = `${appUrl}/messages`;
  }

  /** Writes further messages in a thread, each when the one before it was accepted. */
  async write(threadId: string, count: number): Promise<void> {
    const begin = this.#written.get(threadId) ?? 0;
    this.#written.set(threadId, begin + count);
    for (let number = begin; number < begin + count; number += 1) {
      await this.#insist(threadId, `m${String(number).padStart(3, '0')}`);
    }
  }

  /** They give up. */
  leave(): void {
    this.#isOver = true;
  }

  async #insist(threadId: string, messageId: string): Promise<void> {
    const body = JSON.stringify({ threadId, messageId, text: `${threadId} ${messageId}` });
    while (!(await this.#post(body))) {
      if (this.#isOver) return;
      this.refused += 1;
      await pause(RETRY_MS);
    }
    this.accepted += 1;
  }

  async #post(body: string): Promise<boolean> {
    try {
      const headers = { 'Content-Type': 'application/json' };
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const { status } = await fetch(this.#url, { method: 'POST', headers, body, signal });
      return status === 201;
    } catch {
      return false;
    }
  }
}
