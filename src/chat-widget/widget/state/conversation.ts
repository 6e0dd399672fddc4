import type { MessageView, ThreadView } from '../../api/views.interface.js';

/** What is known of one thread. A thread without an id is one that the customer has yet to begin. */
export class Conversation {
  readonly #messages = new Map<string, MessageView>();
  thread: ThreadView | undefined;
  /** All changes up to this number have been seen. */
  cursor = 0;
  isLoaded = false;
  hasEarlier = false;
  #readUpTo = 0;

  constructor(thread?: ThreadView) {
    if (thread) this.applyThread(thread);
  }

  get id(): string {
    return this.thread?.id ?? '';
  }

  get isClosed(): boolean {
    return this.thread?.status === 'closed';
  }

  /** By their place in the thread. */
  get messages(): MessageView[] {
    return [...this.#messages.values()].toSorted((one, other) => one.number - other.number);
  }

  get unread(): number {
    if (!this.isLoaded) return this.thread?.unread ?? 0;
    return this.messages.filter((message) => this.#isUnread(message)).length;
  }

  find(id: string): MessageView | undefined {
    return this.#messages.get(id);
  }

  /** Takes the newer form of a message, whatever came first. */
  apply(message: MessageView): void {
    const known = this.#messages.get(message.id);
    if (!known || known.changed <= message.changed) this.#messages.set(message.id, message);
  }

  applyThread(thread: ThreadView): void {
    if (this.thread && this.thread.changed > thread.changed) return;
    this.thread = thread;
    this.#readUpTo = Math.max(this.#readUpTo, thread.readByCustomer);
  }

  advance(cursor: number): void {
    if (cursor > this.cursor) this.cursor = cursor;
  }

  clear(): void {
    this.#messages.clear();
    this.cursor = 0;
    this.isLoaded = false;
  }

  /** Marks all as read here. Gives the number up to which that is news for the server. */
  markRead(): number | undefined {
    const unread = this.messages.filter((message) => this.#isUnread(message));
    const last = unread.at(-1)?.number;
    if (last !== undefined) this.#readUpTo = last;
    return last;
  }

  isSeen(message: MessageView): boolean {
    return message.mine && message.number <= (this.thread?.readByAgents ?? 0);
  }

  #isUnread({ author, number, deletedAt }: MessageView): boolean {
    return author.kind === 'agent' && !deletedAt && number > this.#readUpTo;
  }
}
