import { Injectable } from '@nestjs/common';
import { BotApiClient, type BotApiCallOptions } from '../bot/bot-api-client.js';
import { AdminChat } from '../chat/admin-chat.js';
import { Clock } from '../common/clock.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { BotFacts } from './bot-facts.js';
import { DeskFacts } from './desk-facts.js';

/** Asks Telegram about the bot and the admin chat of a desk. */
@Injectable()
export class DeskInspector {
  constructor(
    private readonly settings: TelegramSettings,
    private readonly adminChat: AdminChat,
    private readonly api: BotApiClient,
    private readonly clock: Clock,
  ) {}

  /**
   * Facts that are not known yet, since those of an earlier inspection may have changed.
   *
   * @param options For each call.
   * @param known What is known of the bot already, by whoever inspects its desks again and again.
   */
  inspect(options: BotApiCallOptions, known?: BotFacts): DeskFacts {
    const { settings, adminChat, api, clock } = this;
    const ofBot = known ?? this.inspectBot(options);
    return new DeskFacts(settings, adminChat, api, options, clock, ofBot, known !== undefined);
  }

  /** Facts of the bot alone, for {@link inspect}. */
  inspectBot(options: BotApiCallOptions): BotFacts {
    return new BotFacts(this.api, options, this.clock);
  }
}
