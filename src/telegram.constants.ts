import type { InjectionToken } from '@nestjs/common';
import { TelegramService } from './telegram.service.js';

/**
 * The injection token of a bot's {@link TelegramService}: the class itself, or a string for the bot of a
 * module that was imported with a `name`.
 *
 * @publicApi
 *
 * @example
 * { provide: SalesDesk, inject: [getTelegramToken('sales')], useFactory: (telegram: TelegramService) => new SalesDesk(telegram) }
 */
export function getTelegramToken(name?: string): InjectionToken<TelegramService> {
  return name === undefined ? TelegramService : `TelegramService:${name}`;
}
