import { readFile } from 'node:fs/promises';
import type { OutgoingAttachment } from 'nestjs-telegram-support';
import { DeskApp } from '../support/desk.app.js';
import type { MediaSender } from './media.sender.js';
import { LIMIT, type MediaTarget, type PhotoMessage } from './media.task.js';

/** This module. */
export class ModuleSender implements MediaSender {
  readonly #app: DeskApp;
  readonly #givesBytes: boolean;

  private constructor(app: DeskApp, givesBytes: boolean) {
    this.#app = app;
    this.#givesBytes = givesBytes;
  }

  static async start(
    { token, apiRoot, chatId, redisUrl }: MediaTarget,
    { withRedis, givesBytes }: { withRedis: boolean; givesBytes: boolean },
  ): Promise<ModuleSender> {
    const app = await DeskApp.start({
      botToken: token,
      adminChatId: chatId,
      apiRoot,
      rateLimit: LIMIT,
      ...(withRedis && { redis: redisUrl }),
    });
    return new ModuleSender(app, givesBytes);
  }

  /** What was accepted comes. */
  async send(messages: readonly PhotoMessage[]): Promise<void> {
    for (const { threadId, text, path } of messages) {
      const attachments = [await this.#attachmentOf(path)];
      await this.#app.telegram.notifyUserMessage({ threadId, text, attachments });
    }
  }

  async #attachmentOf(path: string): Promise<OutgoingAttachment> {
    return this.#givesBytes ? { data: await readFile(path) } : { path };
  }
}
