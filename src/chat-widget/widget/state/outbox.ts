import { ChatError } from '../api/chat-error.js';
import { Backoff } from '../stream/backoff.js';
import { wait } from '../stream/wait.js';
import { isEntry, type OutboxEntry } from './outbox-entry.js';
import type { SafeStorage } from './safe-storage.js';

const PREFIX = 'outbox:';

export interface OutboxPort {
  /** Sends it once. The same client id twice is one message. */
  deliver(entry: OutboxEntry): Promise<void>;
  onChange(): void;
  /** Why a message has to wait; nothing when one has arrived. */
  onDelay(error?: ChatError): void;
}

/**
 * Unsent messages, in order and each under a name of its own, so that two tabs do not overwrite each other's. They
 * survive a reload. One at a time is sent; what fails for now is repeated, what is refused waits for the customer.
 */
export class Outbox {
  #entries: OutboxEntry[] = [];
  #isSending = false;
  readonly #backoff = new Backoff();

  constructor(
    private readonly storage: SafeStorage,
    private readonly port: OutboxPort,
    private readonly signal: AbortSignal,
  ) {
    this.#entries = storage
      .names(PREFIX)
      .map((name) => storage.read(name))
      .filter(isEntry);
    this.#entries.sort((one, other) => one.sentAt.localeCompare(other.sentAt));
  }

  of(threadId: string): OutboxEntry[] {
    return this.#entries.filter((entry) => entry.threadId === threadId);
  }

  add(entry: OutboxEntry): void {
    this.#entries.push(entry);
    this.#save(entry);
    void this.flush();
  }

  remove(clientId: string): void {
    this.#entries = this.#entries.filter((entry) => entry.clientId !== clientId);
    this.storage.remove(PREFIX + clientId);
    this.port.onChange();
  }

  retry(entry: OutboxEntry): void {
    delete entry.error;
    this.#save(entry);
    void this.flush();
  }

  /** Has what waits for one thread go to another. */
  move(from: string, to: string): void {
    for (const entry of this.of(from)) {
      entry.threadId = to;
      this.#save(entry);
    }
  }

  async flush(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    for (let entry = this.#next(); entry && !this.signal.aborted; entry = this.#next()) {
      await this.#send(entry);
    }
    this.#isSending = false;
  }

  #next(): OutboxEntry | undefined {
    return this.#entries.find(({ error }) => !error);
  }

  async #send(entry: OutboxEntry): Promise<void> {
    try {
      await this.port.deliver(entry);
      this.#backoff.reset();
      this.port.onDelay();
      this.remove(entry.clientId);
    } catch (thrown) {
      // What has another customer now is kept for the former one.
      if (this.signal.aborted) return;
      const error = ChatError.of(thrown);
      if (error.isTemporary) {
        this.port.onDelay(error);
        return wait(this.#backoff.next(error.retryAfterMs), this.signal);
      }
      entry.error = error.code;
      this.#save(entry);
    }
  }

  #save(entry: OutboxEntry): void {
    this.storage.write(PREFIX + entry.clientId, entry);
    this.port.onChange();
  }
}
