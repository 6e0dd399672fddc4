/** Phones write quotes as they like. */
const OPENING = '"“„«';
const CLOSING = '"”“»';

const QUOTED = String.raw`[${OPENING}]([^${OPENING}${CLOSING}]*)[${CLOSING}]`;

/** What stands in quotes, what stands outside of them, and a quote that is not closed. */
const WORD = new RegExp(
  String.raw`(?:[^\s${OPENING}${CLOSING}]|${QUOTED}|[${OPENING}${CLOSING}])+`,
  'gu',
);
const QUOTES = new RegExp(QUOTED, 'gu');

/** The words of a text. What stands in quotes is one word, or a part of one, as in `reason="not delivered"`. */
export function splitArguments(text: string): string[] {
  return (text.match(WORD) ?? []).map((word) => word.replace(QUOTES, '$1'));
}
