import type { TextSpot } from './shadow-text.js';

const LOCAL = /[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.-]/u;
const DOMAIN = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62}\.)+(?:xn--[a-z\d-]{2,59}|\p{L}{2,63})/u;

/** What may stand before an address, and belongs to none. */
const LEADING = /^[^\p{L}\p{N}_]+/u;

/** The most characters of the two parts (RFC 5321, 4.5.3.1). */
const LONGEST_LOCAL = 64;
const LONGEST_DOMAIN = 255;

/** E-mail addresses. Each is looked for around an `@`, so that the time grows with the text alone. */
export function findEmails(text: string): TextSpot[] {
  const found: TextSpot[] = [];
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const local = localBefore(text, at, found.at(-1)?.end ?? 0);
    if (local === '') continue;
    const domain = domainAfter(text.slice(at + 1, at + 1 + LONGEST_DOMAIN));
    if (domain !== undefined) found.push({ start: at - local.length, end: at + 1 + domain.length });
  }
  return found;
}

function localBefore(text: string, at: number, from: number): string {
  let start = at;
  while (start > from && at - start < LONGEST_LOCAL) {
    const unit = text.charCodeAt(start - 1);
    const width = unit >= 0xdc00 && unit <= 0xdfff && start - from > 1 ? 2 : 1;
    if (!LOCAL.test(text.slice(start - width, start))) break;
    start -= width;
  }
  return text.slice(start, at).replace(LEADING, '');
}

function domainAfter(text: string): string | undefined {
  const [domain] = DOMAIN.exec(text) ?? [];
  return domain;
}
