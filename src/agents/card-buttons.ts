import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ThreadDescriptions } from '../context/thread-descriptions.js';
import type { CardState } from '../outbound/card-keyboard.js';
import { BUILT_IN_DESCRIPTIONS } from './agents.constants.js';

/** A button of a command. */
export interface CommandButton {
  readonly command: string;
  readonly text: string;
  readonly style?: 'danger' | 'success' | 'primary' | undefined;
  /** Whether it asks whether it is meant. */
  readonly isAsking?: boolean | undefined;
  /** Whether it is greyed, because the command does not apply. */
  readonly isDisabled?: boolean | undefined;
}

/** What a thread is like of which nothing is known yet. */
const NEW: CardState = { status: 'waiting' };

/** The buttons of the module's own commands. */
@Injectable()
export class CardButtons {
  constructor(
    private readonly settings: TelegramSettings,
    private readonly descriptions: ThreadDescriptions,
  ) {}

  of(threadId: string, state: CardState = NEW): readonly CommandButton[] {
    const { card, replies, texts } = this.settings;
    if (!card.buttons || !replies.isOn) return [];
    const buttons = [...this.#claimButtons(state), this.#lifeButton(state)];
    if (this.descriptions.has(threadId)) {
      buttons.push({ command: 'refresh', text: texts.plain('refreshButton') });
    }
    return buttons.filter(({ command }) => Object.hasOwn(BUILT_IN_DESCRIPTIONS, command));
  }

  #claimButtons({ status, assigneeId }: CardState): CommandButton[] {
    const { texts, claims } = this.settings;
    if (!claims) return [];
    const isClosed = status === 'closed';
    if (assigneeId === undefined) {
      const text = texts.plain('claimButton');
      return [{ command: 'claim', text, style: 'success', isDisabled: isClosed }];
    }
    if (isClosed) return [];
    return [
      { command: 'claim', text: texts.plain('takeOverButton'), isAsking: true },
      { command: 'release', text: texts.plain('releaseButton') },
    ];
  }

  #lifeButton({ status }: CardState): CommandButton {
    const { texts } = this.settings;
    return status === 'closed'
      ? { command: 'reopen', text: texts.plain('reopenButton') }
      : { command: 'close', text: texts.plain('closeButton'), style: 'danger' };
  }
}
