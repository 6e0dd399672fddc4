import { ChatApi, type ApiOptions } from '../api/chat-api.js';
import { ChatError, type ErrorCode } from '../api/chat-error.js';
import type { MessageView, SessionView, ThreadView } from '../../api/views.interface.js';
import { Backoff } from '../stream/backoff.js';
import { wait } from '../stream/wait.js';
import { Conversation } from './conversation.js';
import { Outbox } from './outbox.js';
import { OutboxDelivery } from './outbox-delivery.js';
import type { OutboxEntry } from './outbox-entry.js';
import { randomId } from './random-id.js';
import { SafeStorage } from './safe-storage.js';
import { renewInTime } from './session-renewal.js';
import { ThreadActions } from './thread-actions.js';
import { ThreadFollower } from './thread-follower.js';

export interface ChatListener {
  /** Something that is shown has changed. */
  onChange(): void;
  onMessage(message: MessageView): void;
  onError(error: ChatError): void;
}

/** The chat of one customer in one tab: what is shown, and what the customer does. */
export class Chat {
  readonly api: ChatApi;
  readonly actions: ThreadActions;
  session: SessionView | undefined;
  outbox: Outbox | undefined;
  storage: SafeStorage | undefined;
  threads: ThreadView[] = [];
  current = new Conversation();
  isConnected = false;
  /** Why the chat, or what was last tried, does not work. */
  error: ChatError | undefined;
  #follower: ThreadFollower | undefined;
  /** Whether the customer has asked for a new thread. */
  #isBeginning = false;
  readonly #end = new AbortController();

  constructor(
    options: ApiOptions,
    private readonly listener: ChatListener,
  ) {
    this.api = new ChatApi(options);
    this.actions = new ThreadActions(this.api, this);
  }

  /** Agents' messages that the customer has not seen, in all threads. */
  get unread(): number {
    const others = this.threads.filter(({ id }) => id !== this.current.id);
    return others.reduce((sum, { unread }) => sum + unread, this.current.unread);
  }

  /** Begins the session, however long it takes, and follows the newest thread. */
  async connect(): Promise<void> {
    const backoff = new Backoff();
    const { signal } = this.#end;
    while (!signal.aborted) {
      const error = await ChatError.from(this.#openSession());
      if (!error || signal.aborted) return;
      this.report(error);
      if (!error.isTemporary) return;
      await wait(backoff.next(error.retryAfterMs), signal);
    }
  }

  dispose(): void {
    this.#end.abort();
    this.#follower?.stop();
  }

  /** Shows another thread, or with none the beginning of a new one. */
  select(thread?: ThreadView): void {
    this.current = new Conversation(thread);
    this.#isBeginning = !thread;
    this.follow();
    this.onChange();
  }

  /** Reads what happens in the present thread. */
  follow(): void {
    this.#follower?.stop();
    this.#follower = this.current.id ? new ThreadFollower(this.api, this.current, this) : undefined;
  }

  /** The thread is no more: the newest of the others is shown, unless the customer is writing here. */
  onGone(threadId: string, isWriting = this.outbox?.of(threadId).length !== 0): void {
    // The server has said so.
    this.isConnected = true;
    this.threads = this.threads.filter(({ id }) => id !== threadId);
    if (threadId === this.current.id) this.select(isWriting ? undefined : this.threads[0]);
  }

  onConnection(isConnected: boolean, code?: ErrorCode): void {
    if (code === 'unauthenticated') this.report(new ChatError(code));
    if (isConnected) void this.outbox?.flush();
    this.isConnected = isConnected;
    this.onChange();
  }

  onChange(): void {
    this.listener.onChange();
  }

  onMessage(message: MessageView): void {
    this.listener.onMessage(message);
  }

  send(text: string, uploads: OutboxEntry['uploads'], replyTo?: OutboxEntry['replyTo']): void {
    this.outbox?.add({
      clientId: randomId(),
      threadId: this.current.id,
      text,
      uploads,
      replyTo,
      pageUrl: location.href,
      sentAt: new Date().toISOString(),
    });
  }

  /** Asks again who the customer is and which threads there are, and shows the newest when none was shown. */
  async refresh(): Promise<void> {
    await this.attempt(async () => {
      this.session = await this.api.openSession();
      // Without a thread, nothing else says so.
      this.isConnected = true;
      this.threads = [...this.session.threads];
      const current = this.threads.find(({ id }) => id === this.current.id);
      if (current) this.current.applyThread(current);
      else if (!this.current.id && !this.#isBeginning) this.select(this.threads[0]);
    });
  }

  /** After the page was hidden or offline: the browser may have kept events back. */
  async resume(): Promise<void> {
    if (!this.session) return;
    await this.refresh();
    await this.attempt(() => this.#follower?.catchUp());
    void this.outbox?.flush();
  }

  loadEarlier(): Promise<void> {
    return this.attempt(() => this.#follower?.loadEarlier());
  }

  report(error: ChatError | undefined): void {
    this.error = error;
    if (error) this.listener.onError(error);
    this.onChange();
  }

  /** Does something and shows why it failed. */
  async attempt(action: () => Promise<void> | undefined): Promise<void> {
    const error = await ChatError.from(Promise.resolve().then(action));
    if (error?.code === 'offline') this.onConnection(false);
    else this.report(error);
  }

  async #openSession(): Promise<void> {
    const { signal } = this.#end;
    const session = await this.api.openSession();
    if (signal.aborted) return;
    this.session = session;
    this.error = undefined;
    this.isConnected = true;
    this.threads = [...session.threads];
    this.storage = new SafeStorage(() => localStorage, `support-chat:${session.customer.key}:`);
    const delivery = new OutboxDelivery(this.api, this, () => this.outbox);
    this.outbox = new Outbox(this.storage, delivery, signal);
    this.select(this.threads[0]);
    this.#isBeginning = false;
    void this.outbox.flush();
    void renewInTime(this.api, session, signal);
  }
}
