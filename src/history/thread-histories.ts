import { Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { BackgroundResult } from '../common/background-result.js';
import { Clock } from '../common/clock.js';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { TtlMap } from '../common/ttl-map.js';
import { withTimeout } from '../common/with-timeout.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { DecoratedMethodExplorer } from '../discovery/decorated-method-explorer.js';
import type { DecoratedMethod } from '../discovery/decorated-method.interface.js';
import { LoadedMethods } from '../discovery/loaded-methods.js';
import { ErrorDescriber } from '../errors/index.js';
import type { ThreadHistory } from './thread-history.js';
import type { HistoryRequest } from './history-message.interface.js';
import { LOAD_HISTORY, type LoadHistoryOptions } from './load-history.decorator.js';
import { readHistory } from './read-history.js';

/** How long a method may take. */
const MOST_MS = 5_000;

/** How long what is loaded is kept for the notice that waits for it. */
const KEPT_MS = 15 * 60 * 1000;

type HistoryMethod = DecoratedMethod<HistoryRequest, LoadHistoryOptions>;

/**
 * Calls the app's `@LoadHistory()` methods, in the background, so that one that hangs holds up its own thread alone.
 * What is wrong with one is in the log, and never an error.
 */
@Injectable()
export class ThreadHistories {
  readonly #logger: ThrottledLogger;
  readonly #methods: LoadedMethods<HistoryRequest, LoadHistoryOptions>;
  /** By the key of whoever asks. */
  readonly #loads: TtlMap<BackgroundResult<ThreadHistory>>;

  constructor(
    explorer: DecoratedMethodExplorer,
    modules: ModulesContainer,
    private readonly settings: TelegramSettings,
    private readonly clock: Clock,
    errors: ErrorDescriber,
  ) {
    this.#methods = new LoadedMethods(explorer, modules, LOAD_HISTORY);
    this.#loads = new TtlMap(clock, KEPT_MS);
    this.#logger = new ThrottledLogger(ThreadHistories.name, errors);
  }

  /** Searches the methods, so that the log says at boot which of them are not called. */
  start(): void {
    this.#methods.all();
  }

  /** Whether a method would be asked for the history of a thread. */
  has(threadId: string): boolean {
    return this.#of(threadId).length > 0;
  }

  /**
   * Begins to load a history, or goes on with it. It waits for some 300 ms at most, because one sender serves all threads.
   *
   * @param key Of whoever asks, who asks again with it while it is undefined.
   */
  load(key: string, request: HistoryRequest): Promise<ThreadHistory | undefined> {
    const begun = this.#loads.get(key);
    if (begun) return begun.ready();
    const load = new BackgroundResult(this.#load(request));
    this.#loads.set(key, load);
    return load.ready();
  }

  /** Loads a history, which takes 5 s at most for each method. */
  loadAtOnce(request: HistoryRequest): Promise<ThreadHistory> {
    return this.#load(request);
  }

  /** Forgets what was loaded. */
  release(key: string): void {
    this.#loads.delete(key);
  }

  async #load(request: HistoryRequest): Promise<ThreadHistory> {
    const methods = this.#of(request.threadId);
    for (const method of methods) {
      try {
        const messages = readHistory(
          await this.#call(method, request),
          request.limit,
          this.settings.masker,
        );
        if (messages) return messages.length > 0 ? { messages } : { problem: 'no_messages' };
      } catch (error) {
        this.#report(method, request.threadId, error);
        return { problem: 'failed' };
      }
    }
    return { problem: methods.length > 0 ? 'no_messages' : 'no_method' };
  }

  async #call({ handle }: HistoryMethod, { threadId, limit }: HistoryRequest): Promise<unknown> {
    const aborted = new AbortController();
    try {
      const returned = handle({ threadId, limit }, aborted.signal);
      return await withTimeout(returned, MOST_MS, this.clock);
    } finally {
      aborted.abort();
    }
  }

  #of(threadId: string): readonly HistoryMethod[] {
    return this.#methods.ofThread(threadId, this.settings, (method, error) => {
      this.#report(method, threadId, error);
      return false;
    });
  }

  #report({ name }: HistoryMethod, threadId: string, error: unknown): void {
    const reason = `${name}() with @LoadHistory(): ${this.#logger.describe(error)}`;
    this.#logger.error(
      `The history of thread ${threadId} is left out: ${reason}. The thread goes on without it`,
      reason,
    );
  }
}
