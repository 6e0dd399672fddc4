import { findEntities, type TextRange } from 'telegram-entities';

/** Characters that look alike and mean nothing to Telegram. The length stays the same, so no part grows too long. */
const SIMILAR: Readonly<Record<string, string>> = {
  '@': '\uff20',
  '/': '\u2215',
  ':': '\u2236',
  '.': '\u2024',
};

/** The @ of what Telegram takes for a mention, which notifies the account of that name (match_mentions). */
const MENTION = '(?<!\\w)@(?=\\w)';

/** The / of what it takes for a command, which a tap sends to the chat (match_bot_commands). */
const COMMAND = '(?<![\\w/<>])\\/(?=\\w{1,64}(?![\\w/<>]))';

/** The : of a link into Telegram's own app: to a person, a proxy, an invitation (match_tg_urls). */
const APP_LINK = '(?<=tg|ton|tonsite):(?=\\/\\/)';

const PINGS = new RegExp(`${MENTION}|${COMMAND}|${APP_LINK}`, 'gi');

/**
 * A customer's text in which nobody is mentioned and nothing is a command. Telegram finds both in plain
 * text; what would make it one is shown by a character that looks alike. In what it makes a link of it
 * finds neither, so links stay as they are, and nothing else becomes one.
 *
 * @param original What the text is the beginning of: a link that was cut off leads elsewhere, and is none.
 */
export function neutralizeMentions(text: string, original = text): string {
  if (text === original && text.search(PINGS) < 0) return text;
  const links = linksIn(original).filter(({ end }) => end <= text.length);
  const isLinked = membershipIn(links);
  const broken = withoutOthers(
    links,
    replace(text, PINGS, (at) => !isLinked(at)),
  );
  // A look-alike may also join what stands before a link to it: then what is in that is no longer safe.
  return otherThan(linksIn(broken), links).length === 0 ? broken : neutralizeMentions(broken);
}

/** A look-alike may be a part of a link where the character that it stands for was none. */
function withoutOthers(links: readonly TextRange[], text: string): string {
  const others = otherThan(links, linksIn(text));
  if (others.length === 0) return text;
  const withoutThem = replace(text, /\./g, membershipIn(others));
  if (otherThan(links, linksIn(withoutThem)).length === 0) return withoutThem;
  const isLinked = membershipIn(links);
  return replace(text, /\./g, (at) => !isLinked(at));
}

function otherThan(
  known: readonly TextRange[],
  ranges: readonly TextRange[],
): readonly TextRange[] {
  const keys = new Set(known.map(keyOf));
  return ranges.filter((range) => !keys.has(keyOf(range)));
}

function keyOf({ start, end }: TextRange): string {
  return `${start}-${end}`;
}

function linksIn(text: string): readonly TextRange[] {
  return findEntities(text).filter(({ type }) => type === 'url' || type === 'email');
}

function replace(text: string, pattern: RegExp, isMeant: (at: number) => boolean): string {
  return text.replaceAll(pattern, (found: string, at: number) =>
    isMeant(at) ? (SIMILAR[found] ?? found) : found,
  );
}

/** Returns whether an index is in one of the ranges. Call it with growing indexes only. */
function membershipIn(ranges: readonly TextRange[]): (at: number) => boolean {
  let next = 0;
  return (at) => {
    while ((ranges[next]?.end ?? Number.POSITIVE_INFINITY) <= at) next += 1;
    return (ranges[next]?.start ?? Number.POSITIVE_INFINITY) <= at;
  };
}
