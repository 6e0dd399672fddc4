import type { TextSpot } from './shadow-text.js';

/** Digits, with at most three spaces, dashes or line breaks between two groups of them. */
const NUMBERS = /\d+(?:[ \n-]{1,3}\d+)*/g;

/** How many digits a card has, the usual counts first (ISO/IEC 7812). */
const LENGTHS = [16, 15, 19, 18, 17, 14, 13];
const MOST_DIGITS = 19;

/** What numbers of payment cards begin with. 1 and 7 are those of airlines and oil companies, and of clocks in milliseconds. */
const ISSUER = /^[2-689]/;

/** Two dates have as many digits as a card. */
const DATE = /(?<!\d)(?:19|20)\d{2}-\d{2}-\d{2}(?!\d)/;

/** Numbers of payment cards: 13 to 19 digits with a valid check digit, whole groups of digits only. */
export function findCards(text: string): TextSpot[] {
  const found: TextSpot[] = [];
  for (const { 0: numbers, index } of text.matchAll(NUMBERS)) {
    if (DATE.test(numbers)) continue;
    const groups = [...numbers.matchAll(/\d+/g)].map(({ 0: digits, index: at }) => ({
      digits,
      start: index + at,
    }));
    for (let first = 0; first < groups.length; first += 1) {
      const card = cardFrom(groups, first);
      if (!card) continue;
      found.push(card.spot);
      first = card.last;
    }
  }
  return found;
}

interface Group {
  readonly digits: string;
  readonly start: number;
}

function cardFrom(
  groups: readonly Group[],
  first: number,
): { readonly spot: TextSpot; readonly last: number } | undefined {
  const ends = new Map<number, number>();
  let digits = '';
  for (let last = first; last < groups.length && digits.length < MOST_DIGITS; last += 1) {
    digits += groups[last]?.digits ?? '';
    if (digits.length <= MOST_DIGITS) ends.set(digits.length, last);
  }
  if (!ISSUER.test(digits)) return undefined;
  for (const length of LENGTHS) {
    const last = ends.get(length);
    const [from, to] = [groups[first], last === undefined ? undefined : groups[last]];
    if (last === undefined || !from || !to || !hasCheckDigit(digits.slice(0, length))) continue;
    return { spot: { start: from.start, end: to.start + to.digits.length }, last };
  }
  return undefined;
}

/** The Luhn algorithm. */
function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
