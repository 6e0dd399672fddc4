import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { TelegramArgumentError } from '../errors/index.js';
import { isIdentifier } from '../threads/identifier.js';
import { isOrigin } from './config/chat-option-checks.js';
import { ChatPurger } from './chat-purger.js';
import type { ChatCustomer } from './identity/chat-customer.interface.js';
import { CustomerTokens, LONGEST_TOKEN_SECONDS } from './identity/customer-tokens.js';
import { ThreadFeeds } from './stream/thread-feeds.js';
import { ThreadStatuses } from './thread-statuses.js';
import { TranscriptStore } from './transcripts/transcript-store.js';
import { ChatRoutes } from './api/chat-routes.js';
import { WidgetFiles } from './widget-files/widget-files.js';

const DEFAULT_TOKEN_SECONDS = 300;

/** For which page a token is. */
export interface CustomerTokenOptions {
  /** The page with the chat, such as `https://shop.example`. */
  readonly origin: string;
  /**
   * From 1 to 3,600.
   *
   * @default 300
   */
  readonly expiresInSeconds?: number | undefined;
}

/**
 * The chat, for the code of the app.
 *
 * @publicApi
 *
 * @example
 * constructor(private readonly chat: SupportChat) {}
 */
@Injectable()
export class SupportChat {
  /** @hidden Nest calls it. */
  constructor(
    private readonly tokens: CustomerTokens,
    private readonly store: TranscriptStore,
    private readonly feeds: ThreadFeeds,
    private readonly statuses: ThreadStatuses,
    private readonly purger: ChatPurger,
    private readonly clock: Clock,
    private readonly routes: ChatRoutes,
    private readonly widget: WidgetFiles,
  ) {}

  /**
   * The script of the widget under a name that changes with its content: the path in this app, and what the attribute
   * `integrity` of the script has to be.
   *
   * @throws `Error` when the package has been bundled without the widget.
   */
  widgetUrl(): { readonly path: string; readonly integrity: string } {
    const { fileName, integrity } = this.widget.script();
    return { path: `${this.routes.served.path}/${fileName}`, integrity };
  }

  /**
   * A token for a page of another origin, by which the app vouches for a customer. The page exchanges it for a session,
   * once.
   *
   * @throws `TelegramArgumentError` when the customer has no id, the origin is none, or it expires too late.
   *
   * @example
   * const token = chat.customerToken({ id: user.id, name: user.name }, { origin: 'https://shop.example' });
   */
  customerToken(customer: ChatCustomer, options: CustomerTokenOptions): string {
    const { origin, expiresInSeconds = DEFAULT_TOKEN_SECONDS } = options;
    const problems = [
      isIdentifier(customer?.id) || ['customer.id', 'must be a string of 1 to 256 characters'],
      isOrigin(origin) || ['origin', 'must be an origin such as https://shop.example'],
      (expiresInSeconds >= 1 && expiresInSeconds <= LONGEST_TOKEN_SECONDS) || [
        'expiresInSeconds',
        `must be a number from 1 to ${LONGEST_TOKEN_SECONDS}`,
      ],
    ].flatMap((problem) => (problem === true ? [] : [problem]));
    throwIfAny('customerToken', problems);
    return this.tokens.make({ customer, origin }, expiresInSeconds);
  }

  /**
   * Writes a line into the transcript, which the customer sees as one of the system. Agents do not see it.
   *
   * @returns Whether there is such a thread.
   *
   * @example
   * await chat.postMessage(threadId, 'Your parcel has left our warehouse');
   */
  async postMessage(threadId: string, text: string, id: string = randomUUID()): Promise<boolean> {
    const appended = await this.store.append(threadId, {
      id: `s:${id}`,
      author: { kind: 'system' },
      text,
      sentAt: new Date(this.clock.now()),
    });
    if (appended) this.feeds.changed(threadId);
    return appended !== null;
  }

  /**
   * Closes a thread for the customer, who sees it, and for agents. `closeThread()` of `TelegramService` does the latter
   * alone. Call it again when it fails; a closed thread stays as it is.
   *
   * @returns Whether there is such a thread.
   */
  closeThread(threadId: string): Promise<boolean> {
    return this.statuses.change(threadId, 'closed');
  }

  /**
   * Opens a closed thread again, as {@link closeThread} closes it.
   *
   * @returns Whether there is such a thread.
   */
  reopenThread(threadId: string): Promise<boolean> {
    return this.statuses.change(threadId, 'reopened');
  }

  /**
   * Forgets a thread: its transcript, its uploads, and what stands in Telegram, as far as `purgeThread()` of
   * `TelegramService` does. Call it again when it fails: the transcript goes last.
   */
  async purgeThread(threadId: string): Promise<void> {
    await this.purger.purgeThread(threadId);
  }

  /**
   * Forgets all threads and uploads of a customer, as {@link purgeThread} does. Call it again when it fails: a thread is
   * found by its transcript until Telegram has its purge.
   *
   * @returns Their ids, each once.
   */
  purgeCustomer(customerId: string): Promise<string[]> {
    return this.purger.purgeCustomer(customerId);
  }
}

function throwIfAny(method: string, problems: ReadonlyArray<readonly string[]>): void {
  if (problems.length === 0) return;
  throw new TelegramArgumentError(
    method,
    problems.map(([field = '']) => field),
    problems.map((words) => words.join(' ')),
  );
}
