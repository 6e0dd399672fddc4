import { Injectable } from '@nestjs/common';
import type { InlineKeyboardMarkup } from '@grammyjs/types';
import { AdminChat } from '../chat/admin-chat.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { CardKeyboard, type CardState } from '../outbound/card-keyboard.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import { ButtonCodec, type ButtonPlace } from './button-codec.js';
import { CardButtons, type CommandButton } from './card-buttons.js';
import { CommandMethods } from './command-methods.js';

type Button = InlineKeyboardMarkup['inline_keyboard'][number][number];

/** More would be too narrow on a phone. */
const BUTTONS_IN_ROW = 3;

/** The most that Telegram takes (td: ReplyMarkup.cpp). */
const MOST_BUTTONS = 100;

/** Makes the buttons of commands: those of the module in the first row, those of the app below. */
@Injectable()
export class CommandKeyboard extends CardKeyboard {
  readonly #methods: CommandMethods;
  readonly #builtIn: CardButtons;
  readonly #codec: ButtonCodec;
  readonly #adminChat: AdminChat;
  readonly #settings: TelegramSettings;

  constructor(
    methods: CommandMethods,
    builtIn: CardButtons,
    codec: ButtonCodec,
    adminChat: AdminChat,
    settings: TelegramSettings,
  ) {
    super();
    this.#methods = methods;
    this.#builtIn = builtIn;
    this.#codec = codec;
    this.#adminChat = adminChat;
    this.#settings = settings;
  }

  of(threadId: string, state?: CardState): InlineKeyboardMarkup | undefined {
    return this.#keyboard(threadId, state, undefined);
  }

  /** The same while a command is carried out, whose button is greyed. */
  whilePressed(
    threadId: string,
    state: CardState,
    command: string,
  ): InlineKeyboardMarkup | undefined {
    return this.#keyboard(threadId, state, command);
  }

  /**
   * Asks whether the button of a command is meant; undefined when this process has no such button.
   *
   * @param question Names the question, each of which is answered once.
   */
  question(
    command: string,
    { threadId, state }: { readonly threadId: string; readonly state?: CardState | undefined },
    { chatId, messageId }: MessageRef,
    question: string,
  ): InlineKeyboardMarkup | undefined {
    const all = [...this.#builtIn.of(threadId, state), ...this.#ownButtons(threadId)];
    const button = all.find((each) => each.command === command);
    if (!button) return undefined;
    const { texts } = this.#settings;
    const { text, style } = button;
    const data = (step: 'yes' | 'no'): string =>
      this.#codec.write({ step, command, argument: question }, { chatId, threadId, messageId });
    const yes = {
      text: texts.plain('buttonYes', { button: text }),
      callback_data: data('yes'),
      ...(style && { style }),
    };
    return {
      inline_keyboard: [[yes, { text: texts.plain('buttonCancel'), callback_data: data('no') }]],
    };
  }

  #keyboard(
    threadId: string,
    state: CardState | undefined,
    pressed: string | undefined,
  ): InlineKeyboardMarkup | undefined {
    const place = { chatId: this.#adminChat.id, threadId };
    const shown = (button: CommandButton): Button => this.#shown(button, place, pressed);
    const builtIn = this.#builtIn.of(threadId, state).map(shown);
    const own = this.#ownButtons(threadId)
      .slice(0, MOST_BUTTONS - builtIn.length)
      .map(shown);
    const rows = [builtIn, ...rowsOf(own)].filter((row) => row.length > 0);
    return rows.length > 0 ? { inline_keyboard: rows } : undefined;
  }

  #ownButtons(threadId: string): CommandButton[] {
    return this.#methods.of(threadId).flatMap(({ options }) => {
      const { name: command, button: text, confirm: isAsking, style } = options;
      return text === undefined ? [] : [{ command, text, isAsking, style }];
    });
  }

  #shown(
    { command, text, style, isAsking = false, isDisabled = false }: CommandButton,
    place: ButtonPlace,
    pressed: string | undefined,
  ): Button {
    const look = { text, ...(style && { style }) };
    if (isDisabled || command === pressed) return { ...look, disabled: {} };
    const step = isAsking ? 'ask' : 'run';
    return { ...look, callback_data: this.#codec.write({ step, command }, place) };
  }
}

function rowsOf(buttons: readonly Button[]): Button[][] {
  return Array.from({ length: Math.ceil(buttons.length / BUTTONS_IN_ROW) }, (_, row) =>
    buttons.slice(row * BUTTONS_IN_ROW, (row + 1) * BUTTONS_IN_ROW),
  );
}
