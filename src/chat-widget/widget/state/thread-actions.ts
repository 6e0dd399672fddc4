import type { ChatApi } from '../api/chat-api.js';
import type { MessageView } from '../../api/views.interface.js';
import type { Chat } from './chat.js';

const TYPING_EVERY_MS = 4000;

/** What a customer does in the thread that is shown, beside writing. */
export class ThreadActions {
  #typingAt = 0;

  constructor(
    private readonly api: ChatApi,
    private readonly chat: Chat,
  ) {}

  edit(id: string, text: string): Promise<void> {
    return this.#change('PATCH', id, '', { text });
  }

  delete(id: string): Promise<void> {
    return this.#change('DELETE', id);
  }

  /** @param emoji Null takes the reaction back. */
  react(id: string, emoji: string | null): Promise<void> {
    return this.#change('PUT', id, '/reaction', { emoji });
  }

  /** @returns Whether it has arrived. */
  async rate(stars: number, comment: string): Promise<boolean> {
    let isSent = false;
    await this.chat.attempt(async () => {
      await this.api.call('POST', `${this.#path}/rating`, { stars, comment: comment || undefined });
      isSent = true;
    });
    return isSent;
  }

  /** To be called when the newest messages are really seen. */
  markRead(): void {
    const upTo = this.chat.current.markRead();
    if (upTo === undefined) return;
    this.chat.onChange();
    void this.api.call('POST', `${this.#path}/read`, { upTo }).catch(() => {
      // The next message that is read says it again.
    });
  }

  typing(): void {
    const { current, isConnected } = this.chat;
    const isDue = Date.now() - this.#typingAt >= TYPING_EVERY_MS;
    if (!current.id || !isConnected || !isDue) return;
    this.#typingAt = Date.now();
    void this.api.call('POST', `${this.#path}/typing`).catch(() => {
      // A sign of typing that is late is worth nothing.
    });
  }

  #change(method: string, id: string, suffix = '', body?: object): Promise<void> {
    const path = `${this.#path}/messages/${encodeURIComponent(id)}${suffix}`;
    return this.chat.attempt(async () => {
      const answer = await this.api.call<{ message?: MessageView } | null>(method, path, body);
      if (answer?.message) this.chat.current.apply(answer.message);
    });
  }

  get #path(): string {
    return `threads/${encodeURIComponent(this.chat.current.id)}`;
  }
}
