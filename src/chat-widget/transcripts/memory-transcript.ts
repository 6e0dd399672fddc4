import { edited, isAsWanted, numbered, tombstoneOf } from './message-changes.js';
import type {
  AppendedMessage,
  NewTranscriptMessage,
  NewTranscriptThread,
  TranscriptMessage,
  TranscriptMessageChange,
  TranscriptSelection,
  TranscriptThread,
  TranscriptThreadChange,
} from './transcript.interface.js';

/** A thread and its messages, in the memory of this process. */
export class MemoryTranscript {
  readonly #maxMessages: number;
  readonly #messages = new Map<string, TranscriptMessage>();
  /** The same in ascending order of `changed`. */
  readonly #log: TranscriptMessage[] = [];
  /** The numbers of the agents' messages that the customer has not read. */
  readonly #unread = new Set<number>();
  /** The number of the newest message; 0 when there was none. */
  #newest = 0;
  #record: Omit<TranscriptThread, 'unread'>;

  constructor(thread: NewTranscriptThread, createdAt: Date, maxMessages: number) {
    this.#maxMessages = maxMessages;
    this.#record = {
      ...thread,
      status: 'open',
      lastNumber: 0,
      changed: 0,
      readByCustomer: 0,
      readByAgents: 0,
      createdAt,
      updatedAt: createdAt,
    };
  }

  get customerId(): string {
    return this.#record.customerId;
  }

  get lastNumber(): number {
    return this.#record.lastNumber;
  }

  get thread(): TranscriptThread {
    return { ...this.#record, unread: this.#unread.size };
  }

  find(messageId: string): TranscriptMessage | null {
    return this.#messages.get(messageId) ?? null;
  }

  list(selection: TranscriptSelection): TranscriptMessage[] {
    if ('after' in selection) return this.#listAfter(selection.after, selection.limit);
    const { before = Infinity, limit } = selection;
    const below = this.#log.filter(({ number }) => number < before);
    below.sort((one, other) => one.number - other.number);
    return below.slice(Math.max(0, below.length - limit));
  }

  append(message: NewTranscriptMessage, now: Date): AppendedMessage {
    const known = this.find(message.id);
    if (known) return { message: known, isNew: false };
    const added = numbered(message, this.#nextNumber(now));
    this.#messages.set(added.id, added);
    this.#newest = added.number;
    this.#log.push(added);
    if (added.author.kind === 'agent') this.#unread.add(added.number);
    if (this.#messages.size > this.#maxMessages) this.#dropOldest();
    return { message: added, isNew: true };
  }

  edit(messageId: string, change: TranscriptMessageChange, now: Date): TranscriptMessage | null {
    const message = this.find(messageId);
    if (!message || message.deletedAt) return null;
    return this.#replace(edited(message, change, this.#nextNumber(now)));
  }

  delete(messageId: string, now: Date): TranscriptMessage | null {
    const message = this.find(messageId);
    if (!message || message.deletedAt) return message;
    this.#unread.delete(message.number);
    return this.#replace(tombstoneOf(message, now, this.#nextNumber(now)));
  }

  markRead(by: 'customer' | 'agents', upTo: number, now: Date): void {
    const mark = by === 'customer' ? 'readByCustomer' : 'readByAgents';
    const wanted = Math.min(upTo, this.#newest);
    if (wanted <= this.#record[mark]) return;
    this.#change({ [mark]: wanted }, now);
    for (const number of by === 'customer' ? this.#unread : []) {
      if (number <= wanted) this.#unread.delete(number);
    }
  }

  update(change: TranscriptThreadChange, now: Date): void {
    if (!isAsWanted(this.thread, change)) this.#change(change, now);
  }

  /** Most readers know all but the last ones. */
  #listAfter(after: number, limit: number): TranscriptMessage[] {
    const last = this.#log.findLastIndex(({ changed }) => changed <= after);
    return this.#log.slice(last + 1, last + 1 + limit);
  }

  #change(change: Partial<TranscriptThread>, now: Date): void {
    const changed = this.#nextNumber(now);
    this.#record = { ...this.#record, ...change, changed };
  }

  #nextNumber(now: Date): number {
    const lastNumber = this.#record.lastNumber + 1;
    this.#record = { ...this.#record, lastNumber, updatedAt: now };
    return lastNumber;
  }

  #replace(message: TranscriptMessage): TranscriptMessage {
    this.#forget(message.id);
    this.#messages.set(message.id, message);
    this.#log.push(message);
    return message;
  }

  #dropOldest(): void {
    let oldest: TranscriptMessage | undefined;
    for (const message of this.#log) {
      if (!oldest || message.number < oldest.number) oldest = message;
    }
    if (!oldest) return;
    this.#forget(oldest.id);
    this.#unread.delete(oldest.number);
  }

  #forget(messageId: string): void {
    this.#messages.delete(messageId);
    const place = this.#log.findIndex(({ id }) => id === messageId);
    if (place >= 0) this.#log.splice(place, 1);
  }
}
