import type { TextSpot } from './shadow-text.js';

/** What may stand between two digits of a number. It is no digit, so that a pattern can match in one way only. */
const GAP = '[ ./()-]{0,4}';

/** Nothing of a longer number, word, amount, order number or address of a network stands before it. */
const BEFORE = '(?<![\\p{L}\\d#№_@+]|\\d[.,:/-]|\\d[.,:/-] )';
const AFTER = '(?![\\d@_])';

/** With the code of a country: at most 15 digits (E.164). */
const WITH_PLUS = `(?<![\\d+])\\+[ (]{0,2}[1-9](?:${GAP}\\d){6,14}`;
const WITH_ZEROS = `${BEFORE}00[ .-]?[1-9](?:${GAP}\\d){8,14}`;

/** With the zero of a long-distance call, as in most countries of Europe. */
const WITH_ZERO = `${BEFORE}\\(?0[1-9](?:(?: ?[/-] ?|[ .]|\\) ?|\\()?\\d){7,10}`;

/** As in North America, written in groups. */
const IN_GROUPS = `${BEFORE}(?:1[ .-])?(?:\\([2-9]\\d{2}\\)[ -]?|[2-9]\\d{2}[ .-])[2-9]\\d{2}[ .-]\\d{4}`;

/** As in Russia and its neighbours. */
const WITH_EIGHT = `${BEFORE}8(?:[ -]?\\(?9\\d{2}|[ -]\\(?[348]\\d{2}|\\([348]\\d{2})\\)?(?:[ -]?\\d){7}`;

const FORMS = [WITH_PLUS, WITH_ZEROS, WITH_ZERO, IN_GROUPS, WITH_EIGHT];
const PHONES = new RegExp(`(?:${FORMS.join('|')})${AFTER}`, 'gu');

/** Dates, months and opening hours, of which phone numbers have none. */
const DATE =
  /(?<!\d)(?:\d{1,2}([./-])\d{1,2}\1|(?:0[1-9]|1[0-2])[./-])(?:19|20)\d{2}(?!\d)|(?:19|20)\d{2}([./-])\d{2}\2\d{2}(?!\d)|\d{2}\.\d{2} ?- ?\d{2}\.\d{2}/;

/** Phone numbers in the forms that people write. */
export function findPhones(text: string): TextSpot[] {
  return [...text.matchAll(PHONES)]
    .filter(([number]) => !DATE.test(number))
    .map(({ 0: number, index }) => ({ start: index, end: index + number.length }));
}

/** The codes of two digits. */
const SHORT_CODES = new Set(
  '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(
    ' ',
  ),
);

/** The code of the country of an international number (ITU-T E.164); undefined for others. */
export function countryCodeOf(number: string): string | undefined {
  const digits = number.replaceAll(/\D/g, '');
  const isInternational = number.startsWith('+') || digits.startsWith('00');
  if (!isInternational) return undefined;
  const national = number.startsWith('+') ? digits : digits.slice(2);
  if (/^[17]/.test(national)) return national.slice(0, 1);
  return national.slice(0, SHORT_CODES.has(national.slice(0, 2)) ? 2 : 3);
}
