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

/**
 * Keeps the conversations of the chat. The module has one for memory and one for Redis; an app may have its own, for
 * example in its database, and verifies it with `transcriptStoreCases` of `nestjs-telegram-support/testing`.
 *
 * **One counter a thread.** Whatever changes in a thread (a message is appended, edited or deleted; a mark, the status,
 * the subject or the rating changes) takes the next number of {@link TranscriptThread.lastNumber}, and the message or the
 * thread keeps it as `changed`. Readers ask for what is above the last number that they know. So:
 *
 * - **A number becomes visible only after all lower ones.** Take it in the transaction that writes the change, with the
 *   row of the thread locked (`UPDATE … SET last_number = last_number + 1 … RETURNING`). Two changes of one thread must
 *   not overtake each other.
 * - **What was written is read.** Reads go to the primary, not to a replica that lags behind.
 *
 * All methods are called by several processes at once, also for one thread. A method that rejects has changed nothing, or
 * is called again with the same arguments.
 *
 * @publicApi
 */
export abstract class TranscriptStore {
  /** Creates an open thread without messages. When there is a thread of that id, returns it unchanged. */
  abstract createThread(thread: NewTranscriptThread): Promise<TranscriptThread>;

  /** Null when there is none, or no longer. */
  abstract findThread(threadId: string): Promise<TranscriptThread | null>;

  /** The threads of a customer, those with the newest changes first. */
  abstract listThreads(
    customerId: string,
    options: { readonly limit: number },
  ): Promise<TranscriptThread[]>;

  /**
   * Appends a message, unless the thread has one of that id, also a deleted one.
   *
   * @returns Null when there is no such thread.
   */
  abstract append(threadId: string, message: NewTranscriptMessage): Promise<AppendedMessage | null>;

  /** Null when there is none. */
  abstract find(threadId: string, messageId: string): Promise<TranscriptMessage | null>;

  /** Deleted messages are among them. Empty when there is no such thread. */
  abstract list(threadId: string, selection: TranscriptSelection): Promise<TranscriptMessage[]>;

  /**
   * Changes a message.
   *
   * @returns The message in its new form; null when there is none, or when it is deleted.
   */
  abstract edit(
    threadId: string,
    messageId: string,
    change: TranscriptMessageChange,
  ): Promise<TranscriptMessage | null>;

  /**
   * Deletes what a message says, and keeps that there was one. Deleting it again changes nothing.
   *
   * @returns What is left of it; null when there is none.
   */
  abstract delete(threadId: string, messageId: string): Promise<TranscriptMessage | null>;

  /**
   * Moves a mark. It never moves back and not beyond the number of the newest message, since the mark itself takes a number
   * of {@link TranscriptThread.lastNumber}. Where it does not move, nothing changes.
   *
   * @returns The thread afterwards; null when there is none.
   */
  abstract markRead(
    threadId: string,
    by: 'customer' | 'agents',
    upTo: number,
  ): Promise<TranscriptThread | null>;

  /**
   * Changes the record of a thread. One that is as it should be is not changed.
   *
   * @returns The thread afterwards; null when there is none.
   */
  abstract updateThread(
    threadId: string,
    change: TranscriptThreadChange,
  ): Promise<TranscriptThread | null>;

  /** Forgets a thread and its messages. */
  abstract purgeThread(threadId: string): Promise<void>;

  /**
   * Forgets all threads of a customer.
   *
   * @returns Their ids.
   */
  abstract purgeCustomer(customerId: string): Promise<string[]>;

  /**
   * Forgets threads in which nothing has changed since. The module calls it a minute after the app has started and then
   * every 6 hours, with the time that `retentionDays` gives. Stores that forget by themselves need not override it.
   *
   * @returns The ids of forgotten threads.
   */
  prune(_before: Date): Promise<string[]> {
    return Promise.resolve([]);
  }
}
