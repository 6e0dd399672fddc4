import type { Redis, RedisOptions } from 'ioredis';
import { denialOf } from './redis-denial.js';
import type { RedisOutageLog } from './redis-outage-log.js';
import { RedisRefusal } from './redis-refusal.js';

/** The longest wait between two attempts to connect. */
const LONGEST_RECONNECT_MS = 2_000;

/** Limits of the wait between connections to a Redis that refuses commands. The wait is as long as it has refused so far. */
const REFUSED_WAIT_MS = { least: 50, most: 1_000 };

/** After this time without a refusal, the next one counts as the first. */
const REFUSAL_PERIOD_MS = 3_000;

/** The value that makes ioredis reconnect and send the refused command again. */
const RECONNECT_AND_RESEND = 2;

interface ReconnectOptions {
  readonly reconnectOnError: (error: Error) => boolean | 1 | 2;
  readonly retryStrategy: (attempts: number) => number;
  readonly maxLoadingRetryTime: number;
}

/**
 * Decides when the connections of a module reconnect: when they are lost, and when Redis refuses a command that
 * it may accept on another connection. After a failover, for example, they may still lead to the former primary.
 */
export class ReconnectPolicy {
  /** Called when Redis denies a command, which it would do on any connection. */
  onDenied: () => void = () => undefined;
  readonly #log: RedisOutageLog;
  readonly #clients = new Set<Redis>();
  #firstRefusalMs = Number.NEGATIVE_INFINITY;
  #lastRefusalMs = Number.NEGATIVE_INFINITY;

  constructor(log: RedisOutageLog) {
    this.#log = log;
  }

  /**
   * The options of a client and its duplicates.
   *
   * @param settings The app's own, whose `reconnectOnError` still applies to other errors.
   */
  optionsBeside({ reconnectOnError: further }: RedisOptions): ReconnectOptions {
    return {
      reconnectOnError: (error) => this.#handleRefusal(error) || (further?.(error) ?? false),
      retryStrategy: (attempts) => this.delayMs(attempts),
      maxLoadingRetryTime: REFUSED_WAIT_MS.most,
    };
  }

  /** Reconnects this client, too, when another one is refused: it may be reading stale data. */
  track(client: Redis): void {
    this.#clients.add(client);
  }

  /** @param attempts The number of attempts since the connection was lost. */
  delayMs(attempts: number): number {
    const delayMs = Math.min(attempts * 50, LONGEST_RECONNECT_MS);
    const nowMs = performance.now();
    if (nowMs - this.#lastRefusalMs > REFUSAL_PERIOD_MS) return delayMs;
    const { least, most } = REFUSED_WAIT_MS;
    return Math.max(delayMs, Math.min(Math.max(nowMs - this.#firstRefusalMs, least), most));
  }

  /**
   * Whether an error says that Redis lacks INFO, by which ioredis finds out whether Redis is still loading its data.
   * It is no problem: later connections do without that check.
   */
  ignores({ message }: Error): boolean {
    return /^(?:Ready check failed: )?ERR unknown command ['`]info/i.test(message);
  }

  #handleDenial(error: Error): void {
    if (!denialOf(error)) return;
    if (!RedisRefusal.isOfHandshake(error)) this.onDenied();
    else for (const client of this.#clients) client.options.enableReadyCheck = false;
  }

  #handleRefusal(error: Error): false | typeof RECONNECT_AND_RESEND {
    this.#handleDenial(error);
    if (!RedisRefusal.of(error) || RedisRefusal.isOfHandshake(error)) return false;
    const nowMs = performance.now();
    const isFirst = nowMs - this.#lastRefusalMs > REFUSAL_PERIOD_MS;
    this.#lastRefusalMs = nowMs;
    if (isFirst) this.#firstRefusalMs = nowMs;
    this.#log.failed(error);
    if (isFirst) {
      for (const client of this.#clients) if (client.status === 'ready') client.disconnect(true);
    }
    return RECONNECT_AND_RESEND;
  }
}
