import { vi } from 'vitest';
import type { EmulatedAgent, EmulatedChat, Message } from '../../src/testing/index.js';
import type { ReportedReply } from './reply.reports.js';

/** One that is held, and the notice that says so. */
interface Held {
  readonly text: string;
  readonly reply: Message;
  readonly notice: Message;
}

/**
 * What an agent answers in a thread that another one has, as an anonymous administrator, so that all read that it is held.
 * Of each three, one is stopped, one is sent at once, and one waits until its time is over.
 */
export class HeldReplies {
  /** What the app has to get. */
  readonly wanted: string[] = [];
  readonly #all: Held[] = [];
  readonly #stopped: Held[] = [];

  constructor(
    private readonly chat: EmulatedChat,
    private readonly agent: EmulatedAgent,
    private readonly answer: (agent: EmulatedAgent, text: string) => Message,
  ) {}

  get count(): number {
    return this.#all.length;
  }

  /** Answers thrice. The function that it resolves with presses the buttons. */
  async write(round: number): Promise<() => void> {
    const [stop, send, wait] = await Promise.all(
      ['stop', 'send', 'wait'].map((name) => this.#hold(`${name} ${round}`)),
    );
    if (!stop || !send || !wait) throw new Error('Nothing is held');
    this.#all.push(stop, send, wait);
    this.#stopped.push(stop);
    this.wanted.push(send.text, wait.text);
    return () => {
      this.agent.press(stop.notice, 'Stop');
      this.agent.press(send.notice, 'Send now');
    };
  }

  /** The texts that were stopped, of those that the app has got. */
  stoppedIn(reported: readonly ReportedReply[]): string[] {
    const texts = new Set(reported.map(({ text }) => text));
    return this.#stopped.map(({ text }) => text).filter((text) => texts.has(text));
  }

  /** Resolves when what was stopped shows that it reached nobody, and no notice has buttons any more. */
  async settle(): Promise<void> {
    for (const { reply } of this.#stopped) {
      await this.chat.waitForReactionsToBe(reply.message_id, ['🙈'], 20_000);
    }
    const ids = new Set(this.#all.map(({ reply }) => reply.message_id));
    await vi.waitUntil(
      () =>
        !this.chat.messages.some(
          ({ reply_to_message: replied, reply_markup: keyboard }) =>
            ids.has(replied?.message_id ?? 0) && keyboard !== undefined,
        ),
      { timeout: 20_000, interval: 50 },
    );
  }

  async #hold(text: string): Promise<Held> {
    const reply = this.answer(this.agent.anonymously(), text);
    const notice = await this.chat.waitForMessage(
      ({ reply_to_message: replied }) => replied?.message_id === reply.message_id,
      40_000,
    );
    return { text, reply, notice };
  }
}
