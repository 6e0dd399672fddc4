import { Injectable } from '@nestjs/common';
import { BotApiClient, type BotApiCallOptions } from '../bot/bot-api-client.js';
import { AdminChat } from '../chat/admin-chat.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { DeskFacts } from './desk-facts.js';

/** Asks Telegram about the bot and the admin chat of a desk. */
@Injectable()
export class DeskInspector {
  constructor(
    private readonly settings: TelegramSettings,
    private readonly adminChat: AdminChat,
    private readonly api: BotApiClient,
  ) {}

  /**
   * Facts that are not known yet, since those of an earlier inspection may have changed.
   *
   * @param options For each call.
   */
  inspect(options: BotApiCallOptions): DeskFacts {
    return new DeskFacts(this.settings, this.adminChat, this.api, options);
  }
}
