import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { encodeEvent, type EventPage } from './event-page.js';

/** A stream with more unsent bytes is given up: its client can come back to where it was. */
const MOST_UNSENT_BYTES = 262_144;

/** How long a client may take for the last bytes when the process ends. */
const LAST_BYTES_MS = 1_000;

const HEARTBEAT = Buffer.from(':\n\n');

/** Somebody who reads the stream of a thread, and how far they have come. */
export class StreamReader {
  readonly #raw: ServerResponse;
  #cursor: number;
  /** Whether the client has taken anything since the last heartbeat. */
  #hasTaken = true;
  /** Whether the stream had ended at the last heartbeat. */
  #hadEnded = false;

  /** @param raw An answer that has begun. */
  constructor(
    raw: ServerResponse,
    cursor: number,
    /** When the stream ends by itself, by the monotonic clock. */
    private readonly endsAtMs: number,
  ) {
    this.#raw = raw;
    this.#cursor = cursor;
  }

  /** All changes up to this number were sent. */
  get cursor(): number {
    return this.#cursor;
  }

  get isClosed(): boolean {
    return this.#raw.destroyed || this.#raw.writableEnded;
  }

  /**
   * Sends what the reader has not got yet, however slowly it is taken. A page that begins further on is ignored: the reader
   * came while it was read, and would miss what is before it.
   */
  send(page: EventPage): void {
    if (this.isClosed || page.from > this.#cursor) return;
    const bytes = page.after(this.#cursor);
    this.#cursor = Math.max(this.#cursor, page.upTo);
    if (bytes.length > 0) this.#raw.write(bytes, () => (this.#hasTaken = true));
  }

  /** Gives a client up that does not take what is sent. */
  dropIfSlow(): void {
    if (this.#raw.writableLength > MOST_UNSENT_BYTES) this.#raw.destroy();
  }

  /** Resolves when the client has taken what was sent, or has gone. */
  async drained(): Promise<void> {
    if (!this.#raw.writableNeedDrain || this.isClosed) return;
    const closed = new AbortController();
    this.#raw.once('close', () => closed.abort());
    await once(this.#raw, 'drain', { signal: closed.signal }).catch(() => undefined);
  }

  /** Says that all there was has been sent. */
  ready(): void {
    if (!this.isClosed) this.#raw.write(encodeEvent('ready', { cursor: this.#cursor }));
  }

  /**
   * Keeps proxies from closing the connection; what is still being sent does that, too. Ends the stream when its time has
   * come, and gives a client up that takes nothing: the end of its stream, or much that is unsent, since the last heartbeat.
   *
   * @param nowMs By the monotonic clock.
   */
  heartbeat(nowMs: number): void {
    const isStuck = !this.#hasTaken && this.#raw.writableLength > MOST_UNSENT_BYTES;
    if (this.#hadEnded || isStuck) this.#raw.destroy();
    else if (nowMs >= this.endsAtMs) this.#raw.end();
    else if (!this.isClosed && !this.#raw.writableNeedDrain) this.#raw.write(HEARTBEAT);
    this.#hasTaken = false;
    this.#hadEnded = this.#raw.writableEnded;
  }

  /** Ends the stream of a thread that is not there any more. */
  gone(): void {
    if (!this.isClosed) this.#raw.end(encodeEvent('gone', {}));
  }

  /** Ends the stream of a cursor that the thread has never had. Whoever comes back without one of their own begins anew. */
  reset(lastNumber: number): void {
    if (!this.isClosed) this.#raw.end(encodeEvent('reset', { cursor: lastNumber }, 0));
  }

  /**
   * Ends the stream and its connection because the process ends.
   *
   * @param retryMs When to come back.
   */
  shutDown(retryMs: number): void {
    const { socket } = this.#raw;
    this.#raw.end(`retry: ${retryMs}\n\n`, () => socket?.end());
    setTimeout(() => socket?.destroy(), LAST_BYTES_MS).unref();
  }
}
