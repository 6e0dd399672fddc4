import { Injectable } from '@nestjs/common';
import type { InlineKeyboardMarkup } from '@grammyjs/types';
import { TelegramSettings } from '../../config/telegram-settings.js';
import type { MessageRef } from '../../threads/message-ref.interface.js';
import { ButtonCodec } from '../button-codec.js';
import { SEND_COMMAND, STOP_COMMAND } from '../agents.constants.js';

type Button = InlineKeyboardMarkup['inline_keyboard'][number][number];

/** In data of buttons, numbers are short. */
const RADIX = 36;

/** Makes the buttons below what agents read of claims. */
@Injectable()
export class ClaimButtons {
  constructor(
    private readonly codec: ButtonCodec,
    private readonly settings: TelegramSettings,
  ) {}

  /** Claims the thread. */
  claim(threadId: string, chatId: number): InlineKeyboardMarkup {
    const data = this.codec.write({ step: 'run', command: 'claim' }, { chatId, threadId });
    const text = this.settings.texts.plain('claimButton');
    return { inline_keyboard: [[{ text, callback_data: data, style: 'success' }]] };
  }

  /** Takes the thread over from an agent, and from nobody else. */
  takeOver(threadId: string, chatId: number, agentId: number): InlineKeyboardMarkup {
    return { inline_keyboard: [[this.#takeOver(threadId, chatId, agentId)]] };
  }

  /** The same, and for a reply that waits: takes it back, or lets it go out. */
  held(threadId: string, { chatId, messageId }: MessageRef, agentId: number): InlineKeyboardMarkup {
    const { texts } = this.settings;
    const dataOf = (command: string): string => {
      const action = { step: 'run', command, argument: argumentOf(messageId) } as const;
      return this.codec.write(action, { chatId, threadId });
    };
    const stop = {
      text: texts.plain('stopButton'),
      callback_data: dataOf(STOP_COMMAND),
      style: 'danger',
    } as const;
    const send = { text: texts.plain('sendNowButton'), callback_data: dataOf(SEND_COMMAND) };
    return { inline_keyboard: [[stop, send], [this.#takeOver(threadId, chatId, agentId)]] };
  }

  #takeOver(threadId: string, chatId: number, agentId: number): Button {
    const action = { step: 'run', command: 'claim', argument: argumentOf(agentId) } as const;
    const data = this.codec.write(action, { chatId, threadId });
    return { text: this.settings.texts.plain('takeOverButton'), callback_data: data };
  }
}

/** How a button carries a number. */
export function argumentOf(number: number): string {
  return number.toString(RADIX);
}

/** The number that a button carries; undefined for none. */
export function numberOf(argument: string): number | undefined {
  const number = Number.parseInt(argument, RADIX);
  return Number.isSafeInteger(number) ? number : undefined;
}
