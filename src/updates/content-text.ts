import type { Message } from '@grammyjs/types';
import { fieldOf, itemsOf, labelOf } from './json-reader.js';
import { richText } from './rich-text.js';

/** Describes content; when the result is empty, the name of the kind is used. */
type Description = (content: unknown) => string;

const nameless: Description = () => '';

/**
 * How each kind of message is described. Some messages repeat their content for bots that know only an older
 * kind (an animation is a document, too), so the newer kind comes before the older one.
 */
const DESCRIPTIONS = {
  rich_message: (rich) => richText(fieldOf(rich, 'blocks')).trim(),
  animation: nameless,
  audio: (audio) => media('audio', titleOf(audio), audio),
  document: (file) => media('document', labelOf(fieldOf(file, 'file_name')), file),
  live_photo: nameless,
  paid_media: nameless,
  photo: nameless,
  sticker: (sticker) => labelOf(fieldOf(sticker, 'emoji')),
  story: nameless,
  video: (video) => media('video', labelOf(fieldOf(video, 'file_name')), video),
  video_note: (note) => media('video message', '', note),
  voice: (voice) => media('voice message', '', voice),
  contact: contactText,
  dice: diceText,
  game: (game) => titled('game', game),
  poll: (poll) => listText(fieldOf(poll, 'question'), fieldOf(poll, 'options')),
  venue: venueText,
  location: locationText,
  checklist: (list) => listText(fieldOf(list, 'title'), fieldOf(list, 'tasks')),
  invoice: (invoice) => titled('invoice', invoice),
  giveaway: nameless,
  giveaway_winners: nameless,
} as const satisfies { readonly [K in keyof Message]?: Description };

/** A kind of content that can be described. */
export type ContentKind = keyof typeof DESCRIPTIONS;

/** Newer kinds come before those that repeat them. */
export const CONTENT_KINDS = Object.keys(DESCRIPTIONS).filter((kind) => isContentKind(kind));

/** What stands for content of any shape; never empty. */
export function contentText(kind: ContentKind, content: unknown): string {
  return DESCRIPTIONS[kind](content) || `[${kind.replaceAll('_', ' ')}]`;
}

function isContentKind(kind: string): kind is ContentKind {
  return Object.hasOwn(DESCRIPTIONS, kind);
}

/** `[voice message, 12 s]`, `[document: name.pdf]`. */
function media(kind: string, name: string, content: unknown): string {
  const duration = fieldOf(content, 'duration');
  const isKnown = Number.isSafeInteger(duration) && Number(duration) >= 0;
  return `[${kind}${name && `: ${name}`}${isKnown ? `, ${String(duration)} s` : ''}]`;
}

function titled(kind: string, content: unknown): string {
  const title = labelOf(fieldOf(content, 'title'));
  return title && `[${kind}: ${title}]`;
}

function titleOf(audio: unknown): string {
  const [performer, title, fileName] = ['performer', 'title', 'file_name'].map((name) =>
    labelOf(fieldOf(audio, name)),
  );
  return [performer, title].filter(Boolean).join(' - ') || (fileName ?? '');
}

function contactText(contact: unknown): string {
  const [first, last, phone] = ['first_name', 'last_name', 'phone_number'].map((name) =>
    labelOf(fieldOf(contact, name)),
  );
  return lines([first, last].filter(Boolean).join(' '), phone);
}

function diceText(dice: unknown): string {
  const value = fieldOf(dice, 'value');
  const emoji = labelOf(fieldOf(dice, 'emoji'));
  return Number.isSafeInteger(value) ? `${emoji} ${String(value)}`.trim() : emoji;
}

function venueText(venue: unknown): string {
  const [title, address] = ['title', 'address'].map((name) => labelOf(fieldOf(venue, name)));
  return lines(title, address, locationText(fieldOf(venue, 'location')));
}

function locationText(location: unknown): string {
  const [latitude, longitude] = [fieldOf(location, 'latitude'), fieldOf(location, 'longitude')];
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return '';
  const [north, east] = [String(latitude), String(longitude)];
  const isLive = fieldOf(location, 'live_period') !== undefined;
  return lines(
    isLive ? '[live location]' : '',
    `${north}, ${east}`,
    `https://maps.google.com/?q=${north},${east}`,
  );
}

/** A title with a line for each item. The tasks of a checklist that are done are marked. */
function listText(title: unknown, items: unknown): string {
  const labels = itemsOf(items).map((item) => {
    const label = labelOf(fieldOf(item, 'text'));
    const isDone = Number(fieldOf(item, 'completion_date')) > 0;
    return label && (isDone ? `- ✓ ${label}` : `- ${label}`);
  });
  return lines(labelOf(title), ...labels);
}

function lines(...given: ReadonlyArray<string | undefined>): string {
  return given.filter(Boolean).join('\n');
}
