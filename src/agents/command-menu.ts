import { Injectable } from '@nestjs/common';
import type { BotCommand } from '@grammyjs/types';
import { BotApiClient } from '../bot/bot-api-client.js';
import { AdminChat } from '../chat/admin-chat.js';
import { SafeLogger } from '../common/safe-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ErrorDescriber } from '../errors/index.js';
import { HandlerRegistry } from '../events/handler-registry.js';
import { CommandMethods, isPublishedFor } from './command-methods.js';
import {
  hasEntry,
  languagesOf,
  menuEntries,
  MOST_ENTRIES,
  type MenuLanguage,
} from './menu-entries.js';

/** Has Telegram offer the commands in the admin chat. */
@Injectable()
export class CommandMenu {
  readonly #logger: SafeLogger;

  constructor(
    private readonly api: BotApiClient,
    private readonly adminChat: AdminChat,
    private readonly methods: CommandMethods,
    private readonly registry: HandlerRegistry,
    private readonly settings: TelegramSettings,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(CommandMenu.name, errors);
  }

  /** Sets the menu where it differs, in each language. Never rejects: agents can write the commands without it. */
  async update(signal: AbortSignal): Promise<void> {
    await this.#attempt(signal, async () => {
      const commands = this.methods.all().map(({ options }) => options);
      for (const language of languagesOf(commands)) {
        await this.#update(menuEntries(commands, language, this.settings), language, signal);
      }
    });
  }

  /**
   * Adds the commands of the module that are not in the menu. Every entry stays as it is: the app may run, and have others
   * or other words. Never rejects.
   */
  async addMissing(signal: AbortSignal): Promise<void> {
    await this.#attempt(signal, async () => {
      const where = this.#where(undefined);
      const present = await this.api.call('getMyCommands', where, { signal });
      const missing = menuEntries([], undefined, this.settings).filter(
        ({ command }) => !present.some((entry) => entry.command === command),
      );
      const commands = [...present, ...missing].slice(0, MOST_ENTRIES);
      if (commands.length > present.length) {
        await this.api.call('setMyCommands', { ...where, commands }, { signal });
      }
    });
  }

  async #attempt(signal: AbortSignal, change: () => Promise<void>): Promise<void> {
    if (!this.settings.replies.isOn) return;
    try {
      await change();
    } catch (error) {
      if (signal.aborted) return;
      this.#logger.warn(
        `Telegram does not offer the commands in the admin chat: ${this.#logger.describe(error)}. Agents can write them all the same; start the app again to have the menu set`,
      );
    }
  }

  #where(language: MenuLanguage) {
    const scope = { type: 'chat', chat_id: this.adminChat.id } as const;
    return { scope, ...(language !== undefined && { language_code: language }) };
  }

  async #update(
    own: readonly BotCommand[],
    language: MenuLanguage,
    signal: AbortSignal,
  ): Promise<void> {
    const where = this.#where(language);
    const present = await this.api.call('getMyCommands', where, { signal });
    const others = await this.#ofOthers(own, present);
    const wanted = [...others, ...own].slice(-MOST_ENTRIES);
    const isSame =
      present.length === wanted.length && wanted.every((entry) => hasEntry(present, entry));
    if (!isSame) await this.api.call('setMyCommands', { ...where, commands: wanted }, { signal });
  }

  /** What is in the menu for other processes of the desk, which may have other commands. */
  async #ofOthers(
    own: readonly BotCommand[],
    present: readonly BotCommand[],
  ): Promise<BotCommand[]> {
    const published = await this.registry.published();
    return present.filter(
      ({ command }) =>
        !own.some((entry) => entry.command === command) &&
        published.some((name) => isPublishedFor(name, command)),
    );
  }
}
