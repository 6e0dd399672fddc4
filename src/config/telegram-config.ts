import { registerAs } from '@nestjs/config';
import { TelegramConfigError, type OptionProblem } from '../errors/index.js';
import { shownValue } from '../secrets/shown-value.js';
import { problemsOf } from './option-problems.js';
import type { TelegramModuleOptions } from './telegram-module.options.js';
import { VARIABLES } from './environment-variables.js';

/**
 * The module's options from the environment: TELEGRAM_BOT_TOKEN, TELEGRAM_ADMIN_CHAT_ID,
 * TELEGRAM_WEBHOOK_SECRET, TELEGRAM_WEBHOOK_URL, TELEGRAM_UPDATES, TELEGRAM_MODE, TELEGRAM_API_ROOT,
 * REDIS_URL. An empty variable counts as not set. TELEGRAM_WEBHOOK_SECRET may hold several secrets,
 * separated by commas.
 *
 * @throws {@link TelegramConfigError} When TELEGRAM_UPDATES or TELEGRAM_MODE has an unknown value.
 *
 * @publicApi
 *
 * @example
 * TelegramModule.forRootAsync(telegramConfig.asProvider())
 */
export const telegramConfig = registerAs('telegram', (): TelegramModuleOptions => {
  const { env } = process;
  const problems: OptionProblem[] = [];
  const options: TelegramModuleOptions = {
    botToken: env[VARIABLES.botToken],
    adminChatId: env[VARIABLES.adminChatId]?.trim(),
    webhookSecret: listOf(env[VARIABLES.webhookSecret]),
    webhookUrl: env[VARIABLES.webhookUrl],
    updates: oneOf('updates', ['webhook', 'polling', 'off'], problems),
    mode: oneOf('mode', ['replies', 'topics'], problems),
    apiRoot: env[VARIABLES.apiRoot],
    redis: env[VARIABLES.redis],
  };
  if (problems.length > 0) throw new TelegramConfigError([...problems, ...problemsOf(options)]);
  return options;
});

function listOf(value: string | undefined): string[] | undefined {
  const words = (value ?? '').split(',').map((word) => word.trim());
  return words.some(Boolean) ? words : undefined;
}

/** The value of the option's variable; undefined when it is not set. An unknown value is added to the problems. */
function oneOf<T extends string>(
  option: 'updates' | 'mode',
  words: readonly T[],
  problems: OptionProblem[],
): T | undefined {
  const variable = VARIABLES[option];
  const value = process.env[variable];
  const word = words.find((candidate) => candidate === value);
  if (value && !word) {
    const wants = `wants ${words.map((each) => `"${each}"`).join(' or ')}`;
    problems.push({ option, variable, got: shownValue(value), wants });
  }
  return word;
}
