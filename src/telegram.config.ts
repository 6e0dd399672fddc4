import { registerAs } from '@nestjs/config';
import { TelegramConfigError, type OptionProblem } from './errors/index.js';
import type { TelegramModuleOptions } from './telegram.options.js';

/**
 * The module's options from the environment: TELEGRAM_BOT_TOKEN, TELEGRAM_ADMIN_CHAT_ID,
 * TELEGRAM_WEBHOOK_SECRET, TELEGRAM_WEBHOOK_URL, TELEGRAM_UPDATES, TELEGRAM_MODE, TELEGRAM_API_ROOT,
 * REDIS_URL. An empty variable counts as not set. TELEGRAM_WEBHOOK_SECRET may hold several secrets with
 * commas between them.
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
  const problems: OptionProblem[] = [];
  const options: TelegramModuleOptions = {
    botToken: env['TELEGRAM_BOT_TOKEN'],
    adminChatId: env['TELEGRAM_ADMIN_CHAT_ID'],
    webhookSecret: listOf(env['TELEGRAM_WEBHOOK_SECRET']),
    webhookUrl: env['TELEGRAM_WEBHOOK_URL'],
    updates: oneOf('TELEGRAM_UPDATES', ['webhook', 'polling', 'off'], problems),
    mode: oneOf('TELEGRAM_MODE', ['replies'], problems),
    apiRoot: env['TELEGRAM_API_ROOT'],
    redis: env['REDIS_URL'],
  };
  if (problems.length > 0) throw new TelegramConfigError(problems);
  return options;
});

function listOf(value: string | undefined): string[] | undefined {
  const words = (value ?? '').split(',').map((word) => word.trim());
  return words.some(Boolean) ? words : undefined;
}

/** The variable's word, undefined when it is not set; another word is added to the problems. */
function oneOf<T extends string>(
  variable: string,
  words: readonly T[],
  problems: OptionProblem[],
): T | undefined {
  const value = process.env[variable];
  const word = words.find((candidate) => candidate === value);
  if (value && !word) {
    const wants = `wants ${words.map((each) => `"${each}"`).join(' or ')}`;
    problems.push({ option: variable, got: JSON.stringify(value), wants });
  }
  return word;
}
