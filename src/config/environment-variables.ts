import type { TelegramModuleOptions } from './telegram-module.options.js';

/** The environment variables of `telegramConfig`, by their options. */
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

/** The variable that the option's value came from; undefined when it is not known to have one. */
export function variableOf(option: string, value: unknown): string | undefined {
  const variable = Object.entries(VARIABLES).find(([name]) => name === option)?.[1];
  const text = variable && process.env[variable];
  return text && textOf(value) === unspaced(text) ? variable : undefined;
}

/** An app may have made a number of a variable, or a list of one with commas in it. */
function textOf(value: unknown): string | undefined {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  const isText = values.every((each) => typeof each === 'string' || typeof each === 'number');
  return isText ? unspaced(values.join(',')) : undefined;
}

function unspaced(text: string): string {
  return text.replaceAll(/\s*,\s*/g, ',').trim();
}
