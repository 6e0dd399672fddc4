/** A piece of a text, in UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

type Accepts = (character: string) => boolean;

/** What Telegram takes for a part of a link, but for ASCII: no space, and of general punctuation only joiners and dashes. */
const UNICODE = /[^\p{Z}\u2000-\u206f]|[\u200c-\u200d\u2010-\u2015]/u;
const ASCII_DOMAIN = /[\w.~-]/;
const NO_PATH = /[\n<>"«»]/;
const NO_CREDENTIALS = /[\n/[\]{}()'`<>"@«»]/;
const WORD = /[\p{L}\p{N}_]/u;

const inDomain: Accepts = (character) =>
  character < '\u00c0' ? ASCII_DOMAIN.test(character) : UNICODE.test(character);
const inDomainOrAt: Accepts = (character) => character === '@' || inDomain(character);
const inPath: Accepts = (character) => !NO_PATH.test(character) && UNICODE.test(character);
const inCredentials: Accepts = (character) =>
  !NO_CREDENTIALS.test(character) && UNICODE.test(character);
const inScheme: Accepts = (character) =>
  character < '\u0080' ? /[a-z0-9+-]/i.test(character) : !/\p{Z}/u.test(character);

/** Schemes that end with the name of another one, but are not it. */
const OTHER_SCHEME = /^(?:shttp|tftp|sftp)$/i;
const SCHEME = /(?:https?|ftp|tonsite)$/i;
const PORT = /:0*([1-9]\d{0,4})(?!\d)/y;

/**
 * The pieces of a text that may be a link or an e-mail address, by the way in which Telegram looks for
 * them: around each dot, from left to right (tdlib/td, MessageEntity.cpp: match_urls).
 */
export function* linkCandidates(text: string): Generator<TextRange> {
  let from = 0;
  for (;;) {
    const dot = text.indexOf('.', from);
    if (dot < 0 || dot + 1 === text.length) return;
    if (text[dot + 1] === ' ') {
      from = dot + 2;
      continue;
    }
    const domain = domainAround(text, dot, from);
    let end = withPath(text, withPort(text, domain.end));
    while (end > dot + 1 && text[end - 1] === '.') end -= 1;
    const start = startOf(text, domain, from);
    if (start === undefined) {
      end = text.lastIndexOf('.', end - 1) + 1;
    } else {
      if (end > dot + 1) yield { start, end };
      while (text[end] === '.') end += 1;
    }
    from = Math.max(end, dot + 1);
  }
}

/** With credentials, if the domain holds an @ itself. */
function domainAround(text: string, dot: number, from: number): TextRange & { hasAt: boolean } {
  const start = skipBack(text, dot, from, inDomain);
  const end = skip(text, dot, inDomainOrAt);
  const hasAt = text.slice(dot, end).includes('@');
  return { start: hasAt ? skipBack(text, start, from, inCredentials) : start, end, hasAt };
}

function withPort(text: string, end: number): number {
  PORT.lastIndex = end;
  const [port = '', number] = PORT.exec(text) ?? [];
  return Number(number) <= 65_535 ? end + port.length : end;
}

/** A ? or # that nothing follows does not belong to it. */
function withPath(text: string, end: number): number {
  if (!/[/?#]/.test(text.charAt(end))) return end;
  const pathEnd = withoutStops(text, skip(text, end + 1, inPath), end + 1);
  return text[end] === '/' || pathEnd > end + 1 ? pathEnd : end;
}

/** Where it begins with its credentials and its scheme; undefined when what stands before it forbids a link. */
function startOf(
  text: string,
  { start: domainStart, hasAt }: TextRange & { hasAt: boolean },
  from: number,
): number | undefined {
  let start = domainStart;
  if (start > from && text[start - 1] === '@') {
    start = skipBack(text, start - 1, from, inCredentials);
    if (hasAt || start === domainStart - 1) return undefined;
  }
  if (start === from) return start;
  if (start - from >= 6 && text.startsWith('://', start - 3)) {
    const scheme = text.slice(skipBack(text, start - 3, from, inScheme), start - 3);
    const known = OTHER_SCHEME.test(scheme) ? undefined : SCHEME.exec(scheme)?.[0];
    return known === undefined ? undefined : start - 3 - known.length;
  }
  const before = Array.from(text.slice(Math.max(from, start - 2), start)).at(-1) ?? '';
  return WORD.test(before) || '/#@'.includes(before) ? undefined : start;
}

/** The end of a text without the punctuation that rather belongs to the sentence around it. */
export function withoutStops(text: string, end: number, start: number): number {
  let last = end;
  while (last > start && ".:;,('?!`".includes(text.charAt(last - 1))) last -= 1;
  return last;
}

function skip(text: string, start: number, accepts: Accepts): number {
  let at = start;
  while (at < text.length) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (!accepts(character)) break;
    at += character.length;
  }
  return at;
}

function skipBack(text: string, start: number, from: number, accepts: Accepts): number {
  let at = start;
  while (at > from) {
    const isPair = at - 2 >= from && /[\ud800-\udbff]/.test(text.charAt(at - 2));
    const length = isPair && /[\udc00-\udfff]/.test(text.charAt(at - 1)) ? 2 : 1;
    if (!accepts(text.slice(at - length, at))) break;
    at -= length;
  }
  return at;
}
