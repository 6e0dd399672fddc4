import { findEntities } from './entity-finder.js';
import { normalizeEntities, sortEntities } from './entity-normalizer.js';
import type { FormattedText, TextEntity } from './formatted-text.interface.js';
import { sanitizeText } from './text-cleaner.js';
import { TextError } from './text.error.js';

/** Entities beyond this many are dropped without a word. */
const MAX_ENTITIES = 100;

const FOUND_BY_TELEGRAM = new Set<TextEntity['type']>([
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
]);

/**
 * What Telegram makes of a text: cleaned, trimmed, with the entities that were asked for in their
 * normal form, at most 100 of them, and those that it finds by itself.
 *
 * @throws {@link TextError} When the text is empty, an entity lies outside of it, or a time is none.
 */
export function finishText(input: FormattedText): FormattedText {
  const asked = input.entities.filter((entity) => !FOUND_BY_TELEGRAM.has(entity.type));
  // td: FormattedDate.cpp, `get_formatted_date`.
  if (asked.some(({ unixTime = 1 }) => unixTime <= 0))
    throw new TextError('Invalid date specified');
  const cleaned = sanitizeText({ text: input.text, entities: sortEntities(asked) });
  const kept = limitEntities(normalizeEntities(cleaned.entities));
  const found = findEntities(cleaned.text).filter(
    (one) => !kept.some((other) => !isStyle(other) && overlaps(one, other)),
  );
  return { text: cleaned.text, entities: normalizeEntities([...kept, ...found]) };
}

/** Styles are counted last; custom emoji are not counted at all (td: MessageEntity.cpp). */
function limitEntities(entities: readonly TextEntity[]): TextEntity[] {
  const emoji = entities.filter((entity) => entity.type === 'custom_emoji');
  const others = entities.filter((entity) => entity.type !== 'custom_emoji');
  const styles = others.filter(isStyle);
  const kept = [...others.filter((entity) => !isStyle(entity)), ...styles].slice(0, MAX_ENTITIES);
  return [...emoji, ...kept];
}

function isStyle(entity: TextEntity): boolean {
  return ['bold', 'italic', 'underline', 'strikethrough', 'spoiler'].includes(entity.type);
}

function overlaps(one: TextEntity, other: TextEntity): boolean {
  const isQuote = other.type === 'blockquote' || other.type === 'expandable_blockquote';
  if (isQuote) return false;
  return one.offset < other.offset + other.length && other.offset < one.offset + one.length;
}
