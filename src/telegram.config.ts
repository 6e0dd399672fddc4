import { registerAs } from '@nestjs/config';
import { TelegramConfigError } from './errors/index.js';
import type { TelegramModuleOptions } from './telegram.options.js';

/**
 * The module's options from the environment: TELEGRAM_BOT_TOKEN, TELEGRAM_ADMIN_CHAT_ID,
 * TELEGRAM_WEBHOOK_SECRET, TELEGRAM_WEBHOOK_URL, TELEGRAM_UPDATES, TELEGRAM_MODE, TELEGRAM_API_ROOT,
 * REDIS_URL. An empty variable counts as not set.
 *
 * @throws {@link TelegramConfigError} When a variable that wants one of a few words has another.
 *
 * @example
 * TelegramModule.forRootAsync(telegramConfig.asProvider())
 *
 * @publicApi
 */
export const telegramConfig = registerAs('telegram', (): TelegramModuleOptions => {
  const { env } = process;
  return {
    botToken: env['TELEGRAM_BOT_TOKEN'],
    adminChatId: env['TELEGRAM_ADMIN_CHAT_ID'],
    webhookSecret: env['TELEGRAM_WEBHOOK_SECRET'],
    webhookUrl: env['TELEGRAM_WEBHOOK_URL'],
    updates: oneOf('TELEGRAM_UPDATES', env['TELEGRAM_UPDATES'], ['webhook', 'off']),
    mode: oneOf('TELEGRAM_MODE', env['TELEGRAM_MODE'], ['replies']),
    apiRoot: env['TELEGRAM_API_ROOT'],
    redis: env['REDIS_URL'],
  };
});

function oneOf<T extends string>(
  variable: string,
  value: string | undefined,
  words: readonly T[],
): T | undefined {
  if (!value) return undefined;
  const word = words.find((candidate) => candidate === value);
  if (word) return word;
  const wants = `wants ${words.map((each) => `"${each}"`).join(' or ')}`;
  throw new TelegramConfigError([{ option: variable, got: JSON.stringify(value), wants }]);
}
