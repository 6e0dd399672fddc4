import type { ChatApi } from '../api/chat-api.js';
import { ChatError } from '../api/chat-error.js';
import type { MessageView, ThreadView } from '../../api/views.interface.js';
import type { Chat } from './chat.js';
import type { Outbox, OutboxPort } from './outbox.js';
import type { OutboxEntry } from './outbox-entry.js';

/** Posts unsent messages: to their thread, or as the beginning of a new one. */
export class OutboxDelivery implements OutboxPort {
  constructor(
    private readonly api: ChatApi,
    private readonly chat: Chat,
    private readonly outbox: () => Outbox | undefined,
  ) {}

  async deliver(entry: OutboxEntry): Promise<void> {
    const { threadId } = entry;
    if (!threadId) return this.#begin(entry);
    try {
      await this.#post(entry);
    } catch (error) {
      if (!ChatError.of(error).isGone) throw error;
      // It may rather be an upload, or the message that is answered, that is no more.
      const thread = this.api.call('GET', `threads/${encodeURIComponent(threadId)}`);
      const reason = await ChatError.from(thread);
      if (!reason?.isGone) throw reason ?? error;
      // The thread was deleted: its customer, if it is still the same, has something to say.
      await this.api.openSession();
      this.outbox()?.move(threadId, '');
      this.chat.onGone(threadId, true);
      await this.#begin(entry);
    }
  }

  onChange(): void {
    this.chat.onChange();
  }

  onDelay(error?: ChatError): void {
    if (error?.code === 'offline') this.chat.onConnection(false);
    else if (error || this.chat.error?.isTemporary) this.chat.report(error);
  }

  async #post(entry: OutboxEntry): Promise<void> {
    const { threadId } = entry;
    const path = `threads/${encodeURIComponent(threadId)}/messages`;
    const answer = await this.api.call<{ message: MessageView }>('POST', path, bodyOf(entry));
    if (this.chat.current.id === threadId) this.chat.current.apply(answer.message);
  }

  async #begin(entry: OutboxEntry): Promise<void> {
    const { thread, message } = await this.api.call<{ thread: ThreadView; message?: MessageView }>(
      'POST',
      'threads',
      // What it answers is in no new thread.
      { ...bodyOf(entry), replyTo: undefined },
    );
    this.outbox()?.move('', thread.id);
    const { current, threads } = this.chat;
    this.chat.threads = [thread, ...threads.filter(({ id }) => id !== thread.id)];
    if (current.id) return;
    current.applyThread(thread);
    if (message) current.apply(message);
    this.chat.follow();
  }
}

function bodyOf({ clientId, text, uploads, replyTo, pageUrl }: OutboxEntry): object {
  return {
    clientId,
    text: text || undefined,
    attachments: uploads.length ? uploads.map(({ id }) => id) : undefined,
    replyTo: replyTo?.id,
    pageUrl,
  };
}
