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
import type { ThreadDescriptionRequest } from './context-field.interface.js';
import { DESCRIBE_THREAD, type DescribeThreadOptions } from './describe-thread.decorator.js';
import { maskedFields } from './masked-fields.js';
import { checkedContext, mostFields } from './read-context.js';
import type { StoredField } from './stored-field.interface.js';

/** How long what a method has said is kept for whoever waits for it. */
const KEPT_MS = 15 * 60 * 1000;

type DescribeMethod = DecoratedMethod<ThreadDescriptionRequest, DescribeThreadOptions>;

/** What was asked about a thread, and by whom. */
interface Question {
  readonly askerId: string | undefined;
  readonly answer: BackgroundResult<Description>;
}

/** What the methods say of a thread, with its masks; null when none of them does. */
type Description = { readonly fields: readonly StoredField[] | null };

/**
 * Calls the app's `@DescribeThread()` methods, in the background, so that one that hangs holds up nothing. What is wrong
 * with one is in the log, and never an error.
 */
@Injectable()
export class ThreadDescriptions {
  readonly #logger: ThrottledLogger;
  readonly #methods: LoadedMethods<ThreadDescriptionRequest, DescribeThreadOptions>;
  /** By thread. */
  readonly #asked: TtlMap<Question>;

  constructor(
    explorer: DecoratedMethodExplorer,
    modules: ModulesContainer,
    private readonly settings: TelegramSettings,
    private readonly clock: Clock,
    errors: ErrorDescriber,
  ) {
    this.#methods = new LoadedMethods(explorer, modules, DESCRIBE_THREAD);
    this.#asked = new TtlMap(clock, KEPT_MS);
    this.#logger = new ThrottledLogger(ThreadDescriptions.name, errors);
  }

  /** Searches the methods, so that the log says at boot which of them are not called. */
  start(): void {
    this.#methods.all();
  }

  /** Whether a method would be asked about the thread. */
  has(threadId: string): boolean {
    return this.#of(threadId).length > 0;
  }

  /**
   * Begins to ask about a thread, or goes on with it. It waits for some 300 ms at most, because one sender serves all
   * threads.
   *
   * @param askerId Whoever has one gets no answer to what others have asked, which may be old. Undefined for the notice
   * of the thread, and for whoever waits in its place.
   * @returns Null when no method has anything to say; undefined while they take their time, ask again then.
   */
  async ask(
    request: Omit<ThreadDescriptionRequest, 'desk'>,
    askerId?: string,
  ): Promise<readonly StoredField[] | null | undefined> {
    const { threadId } = request;
    const known = this.#asked.get(threadId);
    const isOwn = known && (askerId === undefined || known.askerId === askerId);
    const asked = isOwn
      ? known
      : { askerId, answer: new BackgroundResult(this.#describe(request)) };
    this.#asked.set(threadId, asked);
    return (await asked.answer.ready())?.fields;
  }

  /** Forgets what was said, so that the methods are asked anew. */
  release(threadId: string): void {
    this.#asked.delete(threadId);
  }

  async #describe(request: Omit<ThreadDescriptionRequest, 'desk'>): Promise<Description> {
    const methods = this.#of(request.threadId);
    const parts = await Promise.all(methods.map((method) => this.#askMethod(method, request)));
    const said = parts.filter((part) => part !== null);
    if (said.length === 0) return { fields: null };
    const { masker } = this.settings;
    return { fields: maskedFields(mostFields(said.flat()), (text) => masker.hide(text)) };
  }

  async #askMethod(
    method: DescribeMethod,
    request: Omit<ThreadDescriptionRequest, 'desk'>,
  ): Promise<readonly StoredField[] | null> {
    const aborted = new AbortController();
    try {
      const asked = { ...request, desk: this.settings.desk };
      const returned = method.handle(asked, aborted.signal);
      const context = await withTimeout(returned, this.settings.card.describeTimeoutMs, this.clock);
      return context === null || context === undefined ? null : checkedContext(context);
    } catch (error) {
      this.#report(method, request.threadId, error);
      return null;
    } finally {
      aborted.abort();
    }
  }

  #of(threadId: string): readonly DescribeMethod[] {
    return this.#methods.ofThread(threadId, this.settings, (method, error) => {
      this.#report(method, threadId, error);
      return false;
    });
  }

  #report({ name }: DescribeMethod, threadId: string, error: unknown): void {
    const reason = `${name}() with @DescribeThread(): ${this.#logger.describe(error)}`;
    this.#logger.error(
      `The card of thread ${threadId} goes without what a method says: ${reason}`,
      reason,
    );
  }
}
