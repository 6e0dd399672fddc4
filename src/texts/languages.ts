import type { AgentTexts } from './agent-texts.interface.js';
import { ARABIC } from './arabic.js';
import { CHINESE } from './chinese.js';
import { ENGLISH } from './english.js';
import { FRENCH } from './french.js';
import { GERMAN } from './german.js';
import { PORTUGUESE } from './portuguese.js';
import { RUSSIAN } from './russian.js';
import { SPANISH } from './spanish.js';
import { UKRAINIAN } from './ukrainian.js';

/** The languages of the texts to agents. */
export const LANGUAGES = {
  en: ENGLISH,
  de: GERMAN,
  es: SPANISH,
  fr: FRENCH,
  pt: PORTUGUESE,
  ru: RUSSIAN,
  uk: UKRAINIAN,
  zh: CHINESE,
  ar: ARABIC,
} as const satisfies Record<string, AgentTexts>;

/**
 * A language of the texts to agents, by its ISO 639-1 code.
 *
 * @publicApi
 */
export type TextLocale = keyof typeof LANGUAGES;
