import { Inject } from '@nestjs/common';
import { getTelegramToken } from './telegram.constants.js';

/**
 * Injects the {@link TelegramService} of a bot.
 *
 * @param name The `name` that the bot's module was imported with; leave it out for the bot without one.
 *
 * @publicApi
 *
 * @example
 * constructor(@InjectTelegram('sales') private readonly telegram: TelegramService) {}
 */
export function InjectTelegram(name?: string): ParameterDecorator & PropertyDecorator {
  return Inject(getTelegramToken(name));
}
