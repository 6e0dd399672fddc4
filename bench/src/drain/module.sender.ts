import type { TelegramModuleOptions } from 'nestjs-telegram-support';
import { DeskApp } from '../support/desk.app.js';
import type { DrainSender, DrainTarget } from './drain.sender.js';
import { LIMIT, type CustomerMessage } from './drain.task.js';

/** This module. */
export class ModuleSender implements DrainSender {
  readonly #app: DeskApp;

  private constructor(app: DeskApp) {
    this.#app = app;
  }

  /** @param options Beside the bot, its chat and the rate limit. */
  static async start(
    target: DrainTarget,
    options: Pick<TelegramModuleOptions, 'redis' | 'mode'> = {},
  ): Promise<ModuleSender> {
    const app = await DeskApp.start({
      botToken: target.token,
      adminChatId: target.chatId,
      apiRoot: target.apiRoot,
      rateLimit: LIMIT,
      ...options,
    });
    return new ModuleSender(app);
  }

  async send(messages: readonly CustomerMessage[]): Promise<void> {
    const { telegram } = this.#app;
    await Promise.all(messages.map((message) => telegram.notifyUserMessage(message)));
    // What was accepted comes; whoever looks at the chat sees when.
    await new Promise(() => undefined);
  }

  async stop(): Promise<void> {
    await this.#app.stop();
  }
}
