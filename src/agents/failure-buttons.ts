import { Injectable } from '@nestjs/common';
import type { InlineKeyboardMarkup } from '@grammyjs/types';
import { AdminChat } from '../chat/admin-chat.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { FailureKeyboard } from '../outbound/failures/failure-keyboard.js';
import { ButtonCodec } from './button-codec.js';
import { failureArgument } from './failure-argument.js';

/** Makes Retry and Discard. */
@Injectable()
export class FailureButtons extends FailureKeyboard {
  readonly #codec: ButtonCodec;
  readonly #adminChat: AdminChat;
  readonly #settings: TelegramSettings;

  constructor(codec: ButtonCodec, adminChat: AdminChat, settings: TelegramSettings) {
    super();
    this.#codec = codec;
    this.#adminChat = adminChat;
    this.#settings = settings;
  }

  of(threadId: string, jobId: string): InlineKeyboardMarkup | undefined {
    const argument = failureArgument(jobId);
    if (argument === undefined) return undefined;
    const { texts } = this.#settings;
    const place = { chatId: this.#adminChat.id, threadId };
    const data = (command: string): string =>
      this.#codec.write({ step: 'run', command, argument }, place);
    const retry = { text: texts.plain('retryButton'), callback_data: data('retry') };
    const discard = { text: texts.plain('discardButton'), callback_data: data('discard') };
    return { inline_keyboard: [[retry, discard]] };
  }
}
