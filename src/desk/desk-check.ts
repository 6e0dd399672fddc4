import type { ChatFullInfo, UserFromGetMe } from '@grammyjs/types';
import type { BotApiClient } from '../bot/bot-api-client.js';
import type { Clock } from '../common/clock.js';
import { Backoff } from '../common/backoff.js';
import { delay } from '../common/delay.js';
import { BotApiError, BotApiRateLimitError, type ErrorDescriber } from '../errors/index.js';
import { SafeLogger } from '../common/safe-logger.js';
import type { AdminChat } from '../chat/admin-chat.js';
import {
  NO_BOT_API,
  problemOfChat,
  problemOfMember,
  needsMemberCheck,
  remedyFor,
} from './desk-problems.js';
import { shorten } from '../common/shorten.js';

const LONGEST_NAME = 64;

/** What {@link DeskCheck} works with. */
export interface DeskCheckParts {
  readonly api: BotApiClient;
  readonly adminChat: AdminChat;
  readonly clock: Clock;
  readonly errors: ErrorDescriber;
}

/**
 * Asks Telegram, after boot, who the bot is and what the admin chat is, because a wrong token or chat id
 * would show with the first customer only. Says in one line what it found.
 */
export class DeskCheck {
  readonly #logger: SafeLogger;
  readonly #parts: DeskCheckParts;
  readonly #delay = new Backoff();
  readonly #ending = new AbortController();
  #work: Promise<void> | undefined;

  constructor(parts: DeskCheckParts) {
    this.#parts = parts;
    this.#logger = new SafeLogger(DeskCheck.name, parts.errors);
  }

  /**
   * Checks in the background, again and again while Telegram cannot be reached.
   *
   * @param restored Resolves when the admin chat is where it has moved to.
   */
  start(restored: Promise<unknown>): void {
    this.#work = this.#run(restored);
  }

  /** Gives up what is under way. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#work;
  }

  /** Never rejects. */
  async #run(restored: Promise<unknown>): Promise<void> {
    const { signal } = this.#ending;
    await restored;
    while (!signal.aborted) {
      try {
        await this.#look(signal);
        return;
      } catch (error) {
        if (signal.aborted) return;
        if (!isPassing(error)) {
          this.#logger.error(remedyFor(error, this.#parts.adminChat.id));
          return;
        }
        await this.#wait(error, signal);
      }
    }
  }

  async #look(signal: AbortSignal): Promise<void> {
    const bot = await this.#parts.api.call('getMe', undefined, { signal });
    const chat = await this.#chat(signal);
    if (!hasId(bot) || !hasId(chat)) {
      this.#logger.warn(NO_BOT_API);
      return;
    }
    const flaw = problemOfChat(chat) ?? (await this.#problemOfMember(bot, chat, signal));
    if (flaw !== undefined) {
      this.#logger.error(`${nameOfBot(bot)} cannot work in ${nameOf(chat)}: ${flaw}`);
    } else {
      this.#logger.log(`Desk: ${nameOfBot(bot)} in ${nameOf(chat)}`);
    }
  }

  async #chat(signal: AbortSignal): Promise<ChatFullInfo> {
    const { api, adminChat } = this.#parts;
    try {
      return await api.call('getChat', { chat_id: adminChat.id }, { signal });
    } catch (error) {
      const movedTo = error instanceof BotApiError && error.parameters.migrate_to_chat_id;
      if (!movedTo) throw error;
      adminChat.moveTo(movedTo);
      return api.call('getChat', { chat_id: movedTo }, { signal });
    }
  }

  /** What a chat says of itself does not tell whether the bot is in it; it is asked only where that is in doubt. */
  async #problemOfMember(
    bot: UserFromGetMe,
    chat: ChatFullInfo,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    if (!needsMemberCheck(chat)) return undefined;
    const member = { chat_id: chat.id, user_id: bot.id };
    return problemOfMember(chat, await this.#parts.api.call('getChatMember', member, { signal }));
  }

  /** The process may end meanwhile. */
  async #wait(error: unknown, signal: AbortSignal): Promise<void> {
    const isFirst = !this.#delay.isGrowing;
    const delayMs = this.#delay.nextMs();
    if (isFirst) {
      this.#logger.warn(
        `Whether botToken and adminChatId are right is not known yet: ${this.#logger.describe(error)}. Telegram is asked again until it answers`,
      );
    }
    const retryAfterMs = error instanceof BotApiRateLimitError ? error.retryAfterMs : 0;
    await delay(this.#parts.clock, Math.max(delayMs, retryAfterMs), signal, { keepsAlive: false });
  }
}

/** What is no Bot API may answer anything. */
function hasId(answer: unknown): boolean {
  return (
    typeof answer === 'object' && answer !== null && 'id' in answer && Number.isInteger(answer.id)
  );
}

function nameOfBot({ id, username }: UserFromGetMe): string {
  return username ? `@${username}` : `the bot ${id}`;
}

/** Foreign text: anybody may give a group its title. */
function nameOf(chat: ChatFullInfo): string {
  const { title, first_name: firstName, last_name: lastName } = chat;
  const name = title ?? [firstName, lastName].filter(Boolean).join(' ');
  return shorten(name, LONGEST_NAME) || String(chat.id);
}

/** Whether the same question may be answered later. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof BotApiError)) return false;
  const { errorCode, code } = error;
  return code === 'BOT_API_TRANSPORT' || errorCode === 429 || errorCode >= 500;
}
