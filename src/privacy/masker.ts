import { findCards } from './find-cards.js';
import { findEmails } from './find-emails.js';
import { countryCodeOf, findPhones } from './find-phones.js';
import type { BuiltInMask, MaskedSpot, MaskRule } from './mask-rule.interface.js';
import { ShadowText, type TextSpot } from './shadow-text.js';

/** Stands for what is hidden. */
const HIDDEN = '•••';

/** A text as agents may see it, and what was hidden in it. */
export interface MaskedText {
  readonly text: string;
  readonly spots: readonly MaskedSpot[];
}

interface Finder {
  readonly kind: string;
  readonly find: (text: string) => TextSpot[];
  /** What is in all that is shown. */
  readonly mark: string;
  /** What is shown of what was found, as it is read. */
  readonly show: (found: string) => string;
}

interface FoundSpot extends TextSpot {
  readonly kind: string;
  readonly shown: string;
}

/** In this order: the digits of a card are no phone number. */
const BUILT_IN: ReadonlyArray<Finder & { readonly kind: BuiltInMask }> = [
  { kind: 'emails', mark: HIDDEN, find: findEmails, show: shownEmail },
  {
    kind: 'cards',
    mark: HIDDEN,
    find: findCards,
    show: (card) => `•••• ${lastDigits(card, 4)}`,
  },
  { kind: 'phones', mark: HIDDEN, find: findPhones, show: shownPhone },
];

/** Hides in texts what agents are not to see. What it has hidden stays as it is when it is called again. */
export class Masker {
  readonly #finders: readonly Finder[];

  constructor(rules: readonly MaskRule[] = []) {
    const wanted: readonly unknown[] = rules;
    const own = rules.filter((rule) => typeof rule !== 'string');
    this.#finders = [
      ...own.map((rule) => finderOf(rule)),
      ...BUILT_IN.filter(({ kind }) => wanted.includes(kind)),
    ];
  }

  /** Whether anything is hidden at all. */
  get isOn(): boolean {
    return this.#finders.length > 0;
  }

  /** The text with its masks. */
  hide(text: string): string {
    return this.mask(text).text;
  }

  /** Whether a text has a mask, or something that is to get one. */
  touches(text: string): boolean {
    const isMasked = this.#finders.some(({ mark }) => mark !== '' && text.includes(mark));
    return isMasked || this.hide(text) !== text;
  }

  mask(text: string): MaskedText {
    if (!this.isOn || text === '') return { text, spots: [] };
    const shadow = new ShadowText(text);
    let found: readonly FoundSpot[] = [];
    for (const { kind, find, show } of this.#finders) {
      const spots = find(shadow.text).map(({ start, end }) => {
        return { start, end, kind, shown: show(shadow.text.slice(start, end)) };
      });
      found = merged(found, spots);
    }
    return replace(text, shadow, found);
  }
}

/** Two lists in the order of their places, without what overlaps one of the first list. */
function merged(first: readonly FoundSpot[], second: readonly FoundSpot[]): readonly FoundSpot[] {
  const all: FoundSpot[] = [];
  let next = 0;
  for (const spot of second) {
    for (let known = first[next]; known && known.start < spot.end; known = first[next]) {
      if (known.end > spot.start) break;
      all.push(known);
      next += 1;
    }
    const known = first[next];
    if (!known || known.start >= spot.end) all.push(spot);
  }
  return [...all, ...first.slice(next)];
}

function replace(text: string, shadow: ShadowText, found: readonly FoundSpot[]): MaskedText {
  const spots: MaskedSpot[] = [];
  let masked = '';
  let at = 0;
  for (const { kind, shown, ...spot } of found) {
    const { start, end } = shadow.originalOf(spot);
    spots.push({ kind, shown, original: text.slice(start, end) });
    masked += text.slice(at, start) + shown;
    at = end;
  }
  return { text: masked + text.slice(at), spots };
}

function finderOf(rule: Exclude<MaskRule, BuiltInMask>): Finder {
  const {
    name,
    pattern,
    shown = HIDDEN,
  } = rule instanceof RegExp ? { name: 'pattern', pattern: rule } : rule;
  const flags = pattern.flags.replaceAll(/[gy]/g, '');
  const find = (text: string): TextSpot[] =>
    [...text.matchAll(new RegExp(pattern.source, `${flags}g`))]
      .filter(([match]) => match !== '')
      .map(({ 0: match, index }) => ({ start: index, end: index + match.length }));
  return { kind: name, mark: shown, find, show: () => shown };
}

function shownEmail(email: string): string {
  const at = email.lastIndexOf('@');
  const [first = ''] = email;
  return `${first}${HIDDEN}${email.slice(at)}`;
}

function shownPhone(number: string): string {
  const code = countryCodeOf(number);
  return `${code === undefined ? '' : `+${code} `}${HIDDEN} ${lastDigits(number, 2)}`;
}

function lastDigits(number: string, count: number): string {
  return number.replaceAll(/\D/g, '').slice(-count);
}
