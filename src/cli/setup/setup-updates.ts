import { setTimeout } from 'node:timers/promises';
import type { Update, WebhookInfo } from '@grammyjs/types';
import type { BotApiClient } from '../../bot/bot-api-client.js';
import { isTransient } from '../../desk/desk-problems.js';
import { BotApiError, BotApiRateLimitError } from '../../errors/index.js';
import { isWebhookConflict } from '../../polling/polling-log.js';
import { CommandError } from '../command.error.js';
import type { SetupSession } from './setup-session.js';

const RETRY_MS = 2_000;

/** The types of updates that show which chat is chosen. */
const NEEDED = ['message', 'my_chat_member'] as const;

/** How much longer than Telegram waits for an update a request may take. */
const ANSWER_MS = 10_000;

/** Fetches the updates of the bot, while its app does not run. */
export class SetupUpdates {
  #offset = 0;
  #seen = 0;
  /** The types of updates that were registered for the bot; undefined for those that it gets by default. */
  #registered: WebhookInfo['allowed_updates'];
  /** What was said last of why there are none. */
  #problem: string | undefined;

  constructor(
    private readonly api: BotApiClient,
    private readonly session: SetupSession,
  ) {}

  /** Has the bot get what it has got so far, too: the app needs it before it starts, and it cannot be fetched afterwards. */
  keep({ allowed_updates: registered }: WebhookInfo): void {
    this.#registered = registered;
  }

  /**
   * The next updates; none when there are none in time, or Telegram does not answer. Confirms those before.
   *
   * @throws {@link CommandError} When a webhook is registered.
   */
  async next(timeoutSeconds: number): Promise<Update[]> {
    const { signal, changes } = this.session;
    changes.takenUpdates = this.#seen;
    try {
      const updates = await this.api.call(
        'getUpdates',
        {
          offset: this.#offset,
          timeout: timeoutSeconds,
          ...(this.#registered && {
            allowed_updates: [...new Set([...this.#registered, ...NEEDED])],
          }),
        },
        { signal, timeoutMs: timeoutSeconds * 1000 + ANSWER_MS },
      );
      this.#seen += updates.length;
      const last = updates.at(-1);
      if (last) this.#offset = last.update_id + 1;
      this.#problem = undefined;
      return updates;
    } catch (error) {
      signal.throwIfAborted();
      await this.#wait(error);
      return [];
    }
  }

  /** Lets the app not see what the setup has seen, and has the bot get the types of updates that it has got before. */
  async confirm(): Promise<void> {
    if (this.#offset === 0) return;
    const { signal } = this.session;
    const registered = this.#registered && { allowed_updates: this.#registered };
    await this.api.call(
      'getUpdates',
      { offset: this.#offset, limit: 1, ...registered },
      { signal },
    );
  }

  async #wait(error: unknown): Promise<void> {
    if (!(error instanceof BotApiError)) throw error;
    const isConflict = error.errorCode === 409;
    if (isWebhookConflict(error)) {
      throw new CommandError('somebody has registered a webhook: stop your app, and begin again', {
        cause: error,
      });
    }
    if (!isConflict && !isTransient(error)) throw error;
    const problem = isConflict
      ? 'Another process takes the updates of this bot: stop your app until the setup has ended. It goes on by itself then'
      : `Telegram does not answer, and is asked again: ${error.message}`;
    if (problem !== this.#problem) this.session.output.paragraph(problem, '! ', 'yellow');
    this.#problem = problem;
    const waitMs = error instanceof BotApiRateLimitError ? error.retryAfterMs : RETRY_MS;
    await setTimeout(waitMs, undefined, { signal: this.session.signal });
  }
}
