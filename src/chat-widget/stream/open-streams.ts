import { Injectable } from '@nestjs/common';
import { Clock, type Timer } from '../../common/clock.js';
import type { StreamReader } from './stream-reader.js';
import { ThreadFeeds } from './thread-feeds.js';

/** How often streams show that they are alive. Proxies close a connection that is silent for a minute, or for 30 s. */
const HEARTBEAT_MS = 20_000;

/** All streams of this process: their heartbeat, their end. */
@Injectable()
export class OpenStreams {
  readonly #readers = new Set<StreamReader>();
  #heartbeat: Timer | undefined;

  constructor(
    private readonly feeds: ThreadFeeds,
    private readonly clock: Clock,
  ) {}

  get size(): number {
    return this.#readers.size;
  }

  add(reader: StreamReader): void {
    this.#readers.add(reader);
    this.feeds.listen();
    if (this.size === 1) this.#beatLater();
  }

  delete(reader: StreamReader): void {
    this.#readers.delete(reader);
    if (this.size === 0) this.#heartbeat?.cancel();
  }

  /**
   * Ends all.
   *
   * @param retryMsOf When a client is to come back.
   */
  shutDown(retryMsOf: () => number): void {
    this.#heartbeat?.cancel();
    for (const reader of this.#readers) reader.shutDown(retryMsOf());
  }

  #beatLater(): void {
    this.#heartbeat = this.clock.setTimer(() => this.#beat(), HEARTBEAT_MS);
    this.#heartbeat.unref?.();
  }

  #beat(): void {
    this.#beatLater();
    const nowMs = this.clock.monotonicMs();
    for (const reader of this.#readers) reader.heartbeat(nowMs);
    this.feeds.refresh();
  }
}
