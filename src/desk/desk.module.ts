import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { TelegramSettings } from '../config/telegram-settings.js';
import { deskProviders } from './desk.providers.js';

/** Tells the modules of two desks apart where Nest identifies modules by their content. */
const DESK_NAME = Symbol('TELEGRAM_DESK_NAME');

/** One further desk of a bot. Loaded when the options are known, because they say which desks there are. */
@Module({})
export class DeskModule {
  /**
   * @param settings Those of the desk.
   * @param ofTheBot What the desk shares with the others.
   */
  static forDesk(settings: TelegramSettings, ofTheBot: readonly Provider[]): DynamicModule {
    return {
      module: DeskModule,
      providers: [
        { provide: DESK_NAME, useValue: `${settings.bot}/${settings.desk}` },
        { provide: TelegramSettings, useFactory: () => settings },
        ...ofTheBot,
        ...deskProviders,
      ],
    };
  }
}
