import type { Clock } from '../../common/clock.js';
import { MemoryTranscript } from './memory-transcript.js';
import { TranscriptStore } from './transcript-store.js';
import type { TranscriptLimits } from './transcript-limits.js';
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

/** The most threads in the memory of a process: 10,000 of 100 short messages take about 500 MB. */
const MOST_THREADS = 10_000;

interface KeptTranscript {
  readonly transcript: MemoryTranscript;
  readonly expiresAtMs: number;
}

/**
 * Keeps transcripts in the memory of this process, until it ends. Beyond {@link MOST_THREADS} it forgets the one that has
 * not changed for the longest.
 */
export class MemoryTranscriptStore extends TranscriptStore {
  readonly #clock: Clock;
  readonly #limits: TranscriptLimits;
  readonly #mostThreads: number;
  /** In the order of their last changes. */
  readonly #threads = new Map<string, KeptTranscript>();

  constructor(clock: Clock, limits: TranscriptLimits, mostThreads = MOST_THREADS) {
    super();
    this.#clock = clock;
    this.#limits = limits;
    this.#mostThreads = mostThreads;
  }

  createThread(thread: NewTranscriptThread): Promise<TranscriptThread> {
    const known = this.#find(thread.threadId);
    if (known) return Promise.resolve(known.thread);
    const transcript = new MemoryTranscript(thread, this.#now, this.#limits.maxMessages);
    this.#renew(thread.threadId, transcript);
    this.#dropSome();
    return Promise.resolve(transcript.thread);
  }

  findThread(threadId: string): Promise<TranscriptThread | null> {
    return Promise.resolve(this.#find(threadId)?.thread ?? null);
  }

  listThreads(
    customerId: string,
    { limit }: { readonly limit: number },
  ): Promise<TranscriptThread[]> {
    return Promise.resolve(this.#threadsOf(customerId).toReversed().slice(0, limit));
  }

  append(threadId: string, message: NewTranscriptMessage): Promise<AppendedMessage | null> {
    return this.#change(threadId, (transcript) => transcript.append(message, this.#now));
  }

  find(threadId: string, messageId: string): Promise<TranscriptMessage | null> {
    return Promise.resolve(this.#find(threadId)?.find(messageId) ?? null);
  }

  list(threadId: string, selection: TranscriptSelection): Promise<TranscriptMessage[]> {
    return Promise.resolve(this.#find(threadId)?.list(selection) ?? []);
  }

  edit(
    threadId: string,
    messageId: string,
    change: TranscriptMessageChange,
  ): Promise<TranscriptMessage | null> {
    return this.#change(threadId, (transcript) => transcript.edit(messageId, change, this.#now));
  }

  delete(threadId: string, messageId: string): Promise<TranscriptMessage | null> {
    return this.#change(threadId, (transcript) => transcript.delete(messageId, this.#now));
  }

  markRead(
    threadId: string,
    by: 'customer' | 'agents',
    upTo: number,
  ): Promise<TranscriptThread | null> {
    return this.#change(threadId, (transcript) => {
      transcript.markRead(by, upTo, this.#now);
      return transcript.thread;
    });
  }

  updateThread(threadId: string, change: TranscriptThreadChange): Promise<TranscriptThread | null> {
    return this.#change(threadId, (transcript) => {
      transcript.update(change, this.#now);
      return transcript.thread;
    });
  }

  purgeThread(threadId: string): Promise<void> {
    this.#threads.delete(threadId);
    return Promise.resolve();
  }

  purgeCustomer(customerId: string): Promise<string[]> {
    const threadIds = this.#threadsOf(customerId).map(({ threadId }) => threadId);
    for (const threadId of threadIds) this.#threads.delete(threadId);
    return Promise.resolve(threadIds);
  }

  get #now(): Date {
    return new Date(this.#clock.now());
  }

  #find(threadId: string): MemoryTranscript | undefined {
    const kept = this.#threads.get(threadId);
    return kept && kept.expiresAtMs > this.#clock.monotonicMs() ? kept.transcript : undefined;
  }

  #threadsOf(customerId: string): TranscriptThread[] {
    const nowMs = this.#clock.monotonicMs();
    return [...this.#threads.values()]
      .filter(
        ({ expiresAtMs, transcript }) =>
          expiresAtMs > nowMs && transcript.customerId === customerId,
      )
      .map(({ transcript }) => transcript.thread);
  }

  #change<T>(threadId: string, change: (transcript: MemoryTranscript) => T): Promise<T | null> {
    const transcript = this.#find(threadId);
    if (!transcript) return Promise.resolve(null);
    const before = transcript.lastNumber;
    const result = change(transcript);
    if (transcript.lastNumber > before) this.#renew(threadId, transcript);
    return Promise.resolve(result);
  }

  #renew(threadId: string, transcript: MemoryTranscript): void {
    const expiresAtMs = this.#clock.monotonicMs() + this.#limits.retentionMs;
    this.#threads.delete(threadId);
    this.#threads.set(threadId, { transcript, expiresAtMs });
  }

  /** Forgets those that have expired, and then those that are too many. */
  #dropSome(): void {
    const nowMs = this.#clock.monotonicMs();
    for (const [threadId, { expiresAtMs }] of this.#threads) {
      if (expiresAtMs > nowMs && this.#threads.size <= this.#mostThreads) return;
      this.#threads.delete(threadId);
    }
  }
}
