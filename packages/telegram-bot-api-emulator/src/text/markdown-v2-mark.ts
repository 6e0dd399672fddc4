import type { TextEntity } from './formatted-text.interface.js';

/** A kind of entity of MarkdownV2. */
export interface MarkdownV2Mark {
  /** What td calls the kind in its errors. */
  readonly kind: string;
  readonly type: TextEntity['type'];
  readonly start: string;
  /** A quote has none: it ends with its last line. */
  readonly end?: string;
}

/** All kinds; of those that begin with the same characters, the longer one is first. */
export const MARKDOWN_V2_MARKS: readonly MarkdownV2Mark[] = [
  { kind: 'Underline', type: 'underline', start: '__', end: '__' },
  { kind: 'Italic', type: 'italic', start: '_', end: '_' },
  { kind: 'Bold', type: 'bold', start: '*', end: '*' },
  { kind: 'Strikethrough', type: 'strikethrough', start: '~', end: '~' },
  { kind: 'Spoiler', type: 'spoiler', start: '||', end: '||' },
  { kind: 'Pre', type: 'pre', start: '```', end: '```' },
  { kind: 'Code', type: 'code', start: '`', end: '`' },
  { kind: 'CustomEmoji', type: 'custom_emoji', start: '![', end: ']' },
  { kind: 'TextUrl', type: 'text_link', start: '[', end: ']' },
  { kind: 'BlockQuote', type: 'blockquote', start: '>' },
];
