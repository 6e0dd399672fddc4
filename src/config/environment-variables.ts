import type { TelegramModuleOptions } from './telegram-module.options.js';

/** The environment variable that `telegramConfig` reads each option from. */
export const VARIABLES = {
  botToken: 'TELEGRAM_BOT_TOKEN',
  adminChatId: 'TELEGRAM_ADMIN_CHAT_ID',
  webhookSecret: 'TELEGRAM_WEBHOOK_SECRET',
  webhookUrl: 'TELEGRAM_WEBHOOK_URL',
  updates: 'TELEGRAM_UPDATES',
  mode: 'TELEGRAM_MODE',
  apiRoot: 'TELEGRAM_API_ROOT',
  redis: 'REDIS_URL',
} as const satisfies Partial<Record<keyof TelegramModuleOptions, string>>;

/** The environment variable that holds this value of the option; undefined when none does. */
export function variableOf(option: string, value: unknown): string | undefined {
  const variable = Object.entries(VARIABLES).find(([name]) => name === option)?.[1];
  const text = variable && process.env[variable];
  return text && textOf(value) === withoutSpaces(text) ? variable : undefined;
}

/** The app may have converted the variable to a number or, at its commas, to a list. */
function textOf(value: unknown): string | undefined {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  const isText = values.every((each) => typeof each === 'string' || typeof each === 'number');
  return isText ? withoutSpaces(values.join(',')) : undefined;
}

function withoutSpaces(text: string): string {
  return text.replaceAll(/\s*,\s*/g, ',').trim();
}
