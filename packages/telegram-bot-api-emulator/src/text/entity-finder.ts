import { findEntities as findAll, type FoundEntity } from 'telegram-entities';
import type { TextEntity } from './formatted-text.interface.js';

/** How the Bot API calls what Telegram finds; it says nothing of bank cards. */
const TYPES: Readonly<Record<FoundEntity['type'], TextEntity['type'] | undefined>> = {
  mention: 'mention',
  bot_command: 'bot_command',
  hashtag: 'hashtag',
  cashtag: 'cashtag',
  bank_card: undefined,
  app_link: 'url',
  url: 'url',
  email: 'email',
};

/**
 * Finds what Telegram makes clickable by itself: e-mail addresses, links, mentions, commands,
 * hashtags and cashtags, without overlaps.
 */
export function findEntities(text: string): TextEntity[] {
  return findAll(text).flatMap(({ type: found, start, end }) => {
    const type = TYPES[found];
    return type ? [{ type, offset: start, length: end - start }] : [];
  });
}
