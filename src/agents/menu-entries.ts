import type { BotCommand, LanguageCode } from '@grammyjs/types';
import type { TelegramSettings } from '../config/telegram-settings.js';
import type { AgentCommandOptions } from './agent-command.decorator.js';
import { BUILT_IN_DESCRIPTIONS, offeredCommands } from './agents.constants.js';

/** The most that a menu of Telegram has. */
export const MOST_ENTRIES = 100;

/** A language of a menu; undefined for whoever has none of the others. */
export type MenuLanguage = LanguageCode | undefined;

/** The languages in which commands have descriptions. */
export function languagesOf(commands: ReadonlyArray<AgentCommandOptions<unknown>>): MenuLanguage[] {
  const named = commands.flatMap(({ descriptions = {} }) => Object.keys(descriptions));
  return [undefined, ...new Set(named.filter(isLanguageCode))];
}

/** The menu of some commands of the app and those of the module; of several with one name the first counts. */
export function menuEntries(
  commands: ReadonlyArray<AgentCommandOptions<unknown>>,
  language: MenuLanguage,
  settings: TelegramSettings,
): BotCommand[] {
  const texts = settings.textsIn(language);
  const entries = new Map<string, string>();
  for (const { name, description, descriptions = {} } of commands) {
    const text = (language !== undefined && descriptions[language]) || description;
    const isOwn = !Object.hasOwn(BUILT_IN_DESCRIPTIONS, name);
    if (isOwn && !entries.has(name)) entries.set(name, text.trim());
  }
  const builtIn = offeredCommands(settings).map(([name, key]) => [name, texts.plain(key)] as const);
  return [...entries, ...builtIn].map(([command, description]) => ({ command, description }));
}

/** Whether a menu has a command, in these words. */
export function hasEntry(
  menu: readonly BotCommand[],
  { command, description }: BotCommand,
): boolean {
  return menu.some((entry) => entry.command === command && entry.description === description);
}

/** Whether a text looks like a code of ISO 639-1. */
export function isLanguageCode(text: string): text is LanguageCode {
  return /^[a-z]{2}$/.test(text);
}
