import type { EmulatedChat, Message } from '../../src/testing/index.js';

const NOTICE_TIMEOUT_MS = 20_000;

/** People in the admin chat who reply to the newest notice of a thread. */
export class Agents {
  readonly #chat: EmulatedChat;
  readonly #written = new Map<string, number>();

  constructor(chat: EmulatedChat) {
    this.#chat = chat;
  }

  /** Replies so many times in a thread, as soon as it has a notice. */
  async reply(threadId: string, count: number): Promise<void> {
    const isOfThread = ({ from, text }: Message) =>
      from?.is_bot === true && text?.includes(`\n${threadId} m`) === true;
    const first = await this.#chat.waitForMessage(isOfThread, NOTICE_TIMEOUT_MS);
    const begin = this.#written.get(threadId) ?? 0;
    this.#written.set(threadId, begin + count);
    for (let number = begin; number < begin + count; number += 1) {
      const notice = this.#chat.messages.findLast(isOfThread) ?? first;
      this.#chat.agent('Ada').reply(notice, `r${String(number).padStart(3, '0')}`);
    }
  }
}
