import type { Redis, RedisOptions } from 'ioredis';
import { denialOf } from './redis-denial.js';
import type { RedisOutageLog } from './redis-outage-log.js';
import { RedisRefusal } from './redis-refusal.js';

/** The longest wait between two attempts to reach a Redis that is away. */
const LONGEST_RECONNECT_MS = 2_000;

/** The waits between connections to a Redis that refuses commands: as long as it has done so, within these. */
const REFUSED_WAIT_MS = { least: 50, most: 1_000 };

/** When nothing has been refused for so long, the next refusal is another story. */
const STORY_MS = 3_000;

/** What ioredis is to do: connect anew, and send the refused command again. */
const RECONNECT_AND_RESEND = 2;

interface ReconnectOptions {
  readonly reconnectOnError: (error: Error) => boolean | 1 | 2;
  readonly retryStrategy: (attempts: number) => number;
  readonly maxLoadingRetryTime: number;
}

/**
 * When the connections of a module connect anew: when they are lost, and when Redis refuses what another
 * connection may be granted, such as after a failover that has left them with what is a replica now.
 */
export class ReconnectPolicy {
  /** Called when Redis denies something that no other connection would be allowed either. */
  onDenied: () => void = () => undefined;
  readonly #log: RedisOutageLog;
  readonly #clients = new Set<Redis>();
  #firstRefusalMs = Number.NEGATIVE_INFINITY;
  #lastRefusalMs = Number.NEGATIVE_INFINITY;

  constructor(log: RedisOutageLog) {
    this.#log = log;
  }

  /**
   * For a client, and with it for its duplicates.
   *
   * @param settings Of the app's, which may know of further errors that another connection mends.
   */
  optionsBeside({ reconnectOnError: further }: RedisOptions): ReconnectOptions {
    return {
      reconnectOnError: (error) => this.#heedRefusal(error) || (further?.(error) ?? false),
      retryStrategy: (attempts) => this.delayMs(attempts),
      maxLoadingRetryTime: REFUSED_WAIT_MS.most,
    };
  }

  /** Has a client connect anew as soon as another one is refused: it may read what is no longer true. */
  cover(client: Redis): void {
    this.#clients.add(client);
  }

  /** @param attempts How often it has been tried since the connection was lost. */
  delayMs(attempts: number): number {
    const delayMs = Math.min(attempts * 50, LONGEST_RECONNECT_MS);
    const nowMs = performance.now();
    if (nowMs - this.#lastRefusalMs > STORY_MS) return delayMs;
    const { least, most } = REFUSED_WAIT_MS;
    return Math.max(delayMs, Math.min(Math.max(nowMs - this.#firstRefusalMs, least), most));
  }

  /**
   * By INFO, a client asks whether Redis still loads its data. Where it may not, or where there is no such
   * command, it goes without from its next connection on.
   */
  forgivesReadyCheck({ message }: Error): boolean {
    return /^(?:Ready check failed: )?ERR unknown command ['`]info/i.test(message);
  }

  #heedDenial(error: Error): void {
    if (!denialOf(error)) return;
    if (!RedisRefusal.isOfHandshake(error)) this.onDenied();
    else for (const client of this.#clients) client.options.enableReadyCheck = false;
  }

  #heedRefusal(error: Error): false | typeof RECONNECT_AND_RESEND {
    this.#heedDenial(error);
    if (!RedisRefusal.of(error) || RedisRefusal.isOfHandshake(error)) return false;
    const nowMs = performance.now();
    const isFirst = nowMs - this.#lastRefusalMs > STORY_MS;
    this.#lastRefusalMs = nowMs;
    if (isFirst) this.#firstRefusalMs = nowMs;
    this.#log.failed(error);
    if (isFirst) {
      for (const client of this.#clients) if (client.status === 'ready') client.disconnect(true);
    }
    return RECONNECT_AND_RESEND;
  }
}
