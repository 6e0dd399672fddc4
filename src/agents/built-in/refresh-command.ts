import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../../config/telegram-settings.js';
import type { CommandEvent } from '../../events/stored-event.interface.js';
import { html, type Html } from '../../notices/html.js';
import { ThreadCards } from '../../threads/thread-cards.js';
import type { BuiltInCommand } from '../built-in-command.interface.js';

/** Asks the app again what it says of a thread, and brings the card up to date. */
@Injectable()
export class RefreshCommand implements BuiltInCommand {
  readonly name = 'refresh';

  constructor(
    private readonly cards: ThreadCards,
    private readonly settings: TelegramSettings,
  ) {}

  /** Whoever presses the button sees the card change. */
  async run({ threadId, step }: CommandEvent): Promise<Html> {
    await this.cards.refresh(threadId, { isAsking: true, isForced: true });
    return step ? html`` : this.settings.texts.html('cardRefreshed');
  }
}
