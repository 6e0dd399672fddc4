import type { ChatFullInfo, UserFromGetMe } from '@grammyjs/types';
import { Injectable } from '@nestjs/common';
import { BotApiClient } from '../bot/bot-api-client.js';
import { AdminChat } from '../chat/admin-chat.js';
import { Backoff } from '../common/backoff.js';
import { Clock } from '../common/clock.js';
import { delay } from '../common/delay.js';
import { SafeLogger } from '../common/safe-logger.js';
import { shorten } from '../common/shorten.js';
import { BotApiError, BotApiRateLimitError, ErrorDescriber } from '../errors/index.js';
import {
  NOT_THE_BOT_API,
  describeRefusal,
  needsMemberCheck,
  problemOfChat,
  problemOfMember,
} from './desk-problems.js';
import { TopicCheck } from './topic-check.js';

const MAX_NAME_LENGTH = 64;

/**
 * Asks Telegram after boot whether the bot and the admin chat exist and the bot can write there: a wrong
 * token or chat id would otherwise show with the first customer. Logs one line with the outcome.
 */
@Injectable()
export class DeskCheck {
  readonly #logger: SafeLogger;
  readonly #backoff = new Backoff();
  readonly #stopping = new AbortController();
  #run: Promise<void> | undefined;

  constructor(
    private readonly api: BotApiClient,
    private readonly adminChat: AdminChat,
    private readonly topics: TopicCheck,
    private readonly clock: Clock,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(DeskCheck.name, errors);
  }

  /**
   * Checks in the background, and repeats the check while Telegram cannot be reached.
   *
   * @param restored Resolves when the current id of the admin chat is known.
   */
  start(restored: Promise<unknown>): void {
    this.#run = this.#checkUntilAnswered(restored);
  }

  /** Cancels the check. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#run;
  }

  /** Never rejects. */
  async #checkUntilAnswered(restored: Promise<unknown>): Promise<void> {
    const { signal } = this.#stopping;
    await restored;
    while (!signal.aborted) {
      try {
        await this.#check(signal);
        return;
      } catch (error) {
        if (signal.aborted) return;
        if (!isTransient(error)) {
          this.#logger.error(describeRefusal(error, this.adminChat.id));
          return;
        }
        await this.#delay(error, signal);
      }
    }
  }

  async #check(signal: AbortSignal): Promise<void> {
    const bot = await this.api.call('getMe', undefined, { signal });
    const chat = await this.#getChat(signal);
    if (!hasId(bot) || !hasId(chat)) {
      this.#logger.warn(NOT_THE_BOT_API);
      return;
    }
    const problem = problemOfChat(chat) ?? (await this.#problemOfMember(bot, chat, signal));
    if (problem === undefined) await this.topics.check(bot, chat, signal);
    if (problem === undefined) this.#logger.log(`Desk: ${nameOfBot(bot)} in ${nameOf(chat)}`);
    else this.#logger.error(`${nameOfBot(bot)} cannot work in ${nameOf(chat)}: ${problem}`);
  }

  async #getChat(signal: AbortSignal): Promise<ChatFullInfo> {
    try {
      return await this.api.call('getChat', { chat_id: this.adminChat.id }, { signal });
    } catch (error) {
      const movedTo = error instanceof BotApiError && error.parameters.migrate_to_chat_id;
      if (!movedTo) throw error;
      this.adminChat.moveTo(movedTo);
      return this.api.call('getChat', { chat_id: movedTo }, { signal });
    }
  }

  async #problemOfMember(
    bot: UserFromGetMe,
    chat: ChatFullInfo,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    if (!needsMemberCheck(chat)) return undefined;
    const member = { chat_id: chat.id, user_id: bot.id };
    return problemOfMember(chat, await this.api.call('getChatMember', member, { signal }));
  }

  /** The timer does not keep the process alive. */
  async #delay(error: unknown, signal: AbortSignal): Promise<void> {
    const isFirst = !this.#backoff.isGrowing;
    const backoffMs = this.#backoff.nextMs();
    if (isFirst) {
      this.#logger.warn(
        `Could not verify botToken and adminChatId yet: ${this.#logger.describe(error)}. Retrying until Telegram answers`,
      );
    }
    const retryAfterMs = error instanceof BotApiRateLimitError ? error.retryAfterMs : 0;
    await delay(this.clock, Math.max(backoffMs, retryAfterMs), signal, { keepsAlive: false });
  }
}

/** Whether an answer can be Telegram's: another server may answer anything. */
function hasId(answer: unknown): boolean {
  return (
    typeof answer === 'object' && answer !== null && 'id' in answer && Number.isInteger(answer.id)
  );
}

function nameOfBot({ id, username }: UserFromGetMe): string {
  return username ? `@${username}` : `the bot ${id}`;
}

/** Shortened to one line of visible characters: the title of a group is foreign text. */
function nameOf(chat: ChatFullInfo): string {
  const { title, first_name: firstName, last_name: lastName } = chat;
  const name = title ?? [firstName, lastName].filter(Boolean).join(' ');
  return shorten(name, MAX_NAME_LENGTH) || String(chat.id);
}

/** Whether the same call may succeed later. */
function isTransient(error: unknown): boolean {
  if (!(error instanceof BotApiError)) return false;
  const { errorCode, code } = error;
  return code === 'BOT_API_TRANSPORT' || errorCode === 429 || errorCode >= 500;
}
