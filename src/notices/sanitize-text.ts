/** More empty lines in a row say nothing and push the chat off the screen. */
const MOST_EMPTY_LINES = 2;

/** All that a reader sees as a line break; Telegram would make a space or nothing of it. */
const LINE_BREAK = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;

/**
 * Shows nothing, or shows other characters elsewhere: controls but tab and line break, the carrier of a
 * hidden reference (U+200B), overrides and isolates of direction, fillers, tags. The joiners U+200C and
 * U+200D and the marks U+200E and U+200F stay: words and emoji are written with them; and so do the tags
 * of a black flag, which make it that of England, Scotland or Wales.
 */
const INVISIBLE =
  /(\u{1f3f4}[\u{e0061}-\u{e007a}]{1,8}\u{e007f})|(?:(?![\t\n])[\p{Cc}\u00ad\u115f\u1160\u17b4\u17b5\u180e\u200b\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}])+/gu;

/** No script stacks more marks on a letter; hundreds of them cover the lines above. */
const STACKED_MARKS = /(\p{M}{8})\p{M}+/gu;

/** A character of which something is seen, alone and in a message of Telegram's. */
const SHOWN = /[^\s\p{M}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffc]/u;

/** Telegram drops a ring above and lines above and below; what they keep apart would come together after it was looked at. */
const LOST_MARKS = /[\u030a\u0333\u033f]/g;

/** A line of which nothing is seen. */
const EMPTY_LINE = /^[\s\u200c-\u200f\p{M}]*$/u;

/** Stands between the parts of a customer's description; a name that holds it would draw parts of its own. */
const LABEL_SEPARATOR = ' · ';

/** A customer's text without what hides, covers or displaces other text; the words stay as they are. */
export function sanitizeText(text: string): string {
  const lines = withoutTricks(text).split('\n');
  const kept: string[] = [];
  let emptyLines = 0;
  for (const line of lines) {
    const isEmpty = EMPTY_LINE.test(line);
    emptyLines = isEmpty ? emptyLines + 1 : 0;
    if (emptyLines <= MOST_EMPTY_LINES) kept.push(isEmpty ? '' : line);
  }
  return kept.join('\n').replace(/^\n+/, '').trimEnd();
}

/** Whether nothing of the text would be seen. */
export function isBlank(text: string): boolean {
  return !SHOWN.test(text);
}

/** A name, a subject or the like, on one line. */
export function sanitizeLabel(label: string): string {
  return withoutTricks(label).replaceAll(/\s+/g, ' ').trim().replaceAll(LABEL_SEPARATOR, ' - ');
}

function withoutTricks(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(LINE_BREAK, '\n')
    .replaceAll(INVISIBLE, '$1')
    .replaceAll(/.\u030a/gsu, (letter) => letter.normalize('NFC'))
    .replaceAll(LOST_MARKS, '')
    .replaceAll(STACKED_MARKS, '$1');
}
