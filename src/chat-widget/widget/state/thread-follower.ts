import type { ChatApi } from '../api/chat-api.js';
import { ChatError, type ErrorCode } from '../api/chat-error.js';
import type { MessageView, ThreadView } from '../../api/views.interface.js';
import { Backoff } from '../stream/backoff.js';
import { SharedStream } from '../stream/shared-stream.js';
import type { StreamEvent, StreamReader } from '../stream/stream-event.js';
import { wait } from '../stream/wait.js';
import type { Conversation } from './conversation.js';

const PAGE = 50;
/** Links to files end after an hour. */
const LINKS_MS = 25 * 60_000;

interface MessagePage {
  readonly thread: ThreadView;
  readonly messages: readonly MessageView[];
  readonly cursor: number;
}

export interface FollowerListener {
  onChange(): void;
  /** A message that was not there when the thread was loaded. */
  onMessage(message: MessageView): void;
  onConnection(isConnected: boolean, code?: ErrorCode): void;
  onGone(threadId: string): void;
}

/** Keeps one conversation as the server has it: its newest messages, then all that changes. */
export class ThreadFollower implements StreamReader {
  readonly threadId: string;
  readonly #end = new AbortController();
  #loading: Promise<void> | undefined;
  #linksAt = Date.now();

  constructor(
    private readonly api: ChatApi,
    private readonly conversation: Conversation,
    private readonly listener: FollowerListener,
  ) {
    this.threadId = conversation.id;
    // Listens to other tabs first, so that nothing is missed between the two.
    void new SharedStream(api, this).run(this.#end.signal);
    void this.cursor();
    const timer = setInterval(() => {
      this.catchUp().catch(() => {
        // The stream says it, too.
      });
    }, LINKS_MS);
    this.#end.signal.addEventListener('abort', () => clearInterval(timer));
  }

  stop(): void {
    this.#end.abort();
  }

  async cursor(): Promise<number> {
    this.#loading ??= this.#loadNewest();
    await this.#loading;
    return this.conversation.cursor;
  }

  onEvent(event: StreamEvent): void {
    if (this.#end.signal.aborted) return;
    if (event.type === 'gone') {
      this.stop();
      this.listener.onGone(this.threadId);
      return;
    }
    if (event.type === 'lost') {
      // A proxy may hold streams back and let other requests pass.
      void this.catchUp().catch(() => this.listener.onConnection(false, event.code));
      return;
    }
    if (event.type === 'reset') {
      this.conversation.clear();
      this.#loading = undefined;
      void this.cursor();
      return;
    }
    this.conversation.advance(event.cursor);
    if (event.type === 'ready') return this.listener.onConnection(true);
    if (event.type === 'thread') this.conversation.applyThread(event.thread);
    else this.#takeMessage(event.message);
    this.listener.onChange();
  }

  async loadEarlier(): Promise<void> {
    const [oldest] = this.conversation.messages;
    if (!oldest || !this.conversation.hasEarlier) return;
    const { messages } = await this.#read(`before=${oldest.number}&`);
    this.conversation.hasEarlier = messages.length === PAGE;
    for (const message of messages) this.conversation.apply(message);
  }

  async catchUp(): Promise<void> {
    await this.cursor();
    for (let isLast = false; !isLast && !this.#end.signal.aborted;) {
      const { thread, messages, cursor } = await this.#read(`after=${this.conversation.cursor}&`);
      for (const message of messages) this.#takeMessage(message);
      this.conversation.applyThread(thread);
      isLast = messages.length < PAGE;
      this.conversation.advance(isLast ? cursor : (messages.at(-1)?.changed ?? cursor));
    }
    await this.#renewLinks();
    this.listener.onConnection(true);
  }

  /** Reads what is shown again when its links to files are old. */
  async #renewLinks(): Promise<void> {
    const { messages } = this.conversation;
    const first = messages.find(({ attachments }) => attachments);
    if (!first || Date.now() - this.#linksAt < LINKS_MS) return;
    const now = Date.now();
    let before = Infinity;
    while (before > first.number && !this.#end.signal.aborted) {
      const page = await this.#read(before < Infinity ? `before=${before}&` : '');
      for (const message of page.messages) this.conversation.apply(message);
      const numbers = page.messages.map(({ number }) => number);
      before = numbers.length < PAGE ? 0 : Math.min(...numbers);
    }
    this.#linksAt = now;
  }

  #takeMessage(message: MessageView): void {
    const isNew = !this.conversation.find(message.id);
    this.conversation.apply(message);
    if (isNew && this.conversation.isLoaded && !message.deletedAt) this.listener.onMessage(message);
  }

  async #loadNewest(): Promise<void> {
    const backoff = new Backoff();
    const { signal } = this.#end;
    while (!signal.aborted) {
      const error = await ChatError.from(this.#read('').then((page) => this.#show(page)));
      if (!error || signal.aborted) return;
      if (error.isGone) return this.onEvent({ type: 'gone' });
      this.listener.onConnection(false, error.code);
      await wait(backoff.next(error.retryAfterMs), signal);
    }
  }

  #show({ thread, messages, cursor }: MessagePage): void {
    for (const message of messages) this.conversation.apply(message);
    this.conversation.applyThread(thread);
    this.conversation.advance(cursor);
    this.conversation.hasEarlier = messages.length === PAGE;
    this.conversation.isLoaded = true;
    this.listener.onConnection(true);
  }

  #read(query: string): Promise<MessagePage> {
    const thread = encodeURIComponent(this.threadId);
    return this.api.call('GET', `threads/${thread}/messages?${query}limit=${PAGE}`);
  }
}
