/** Look alike and mean nothing to Telegram. The length stays the same, so no part grows too long. */
const SIMILAR: Readonly<Record<string, string>> = { '@': '\uff20', '/': '\u2215', ':': '\u2236' };

/**
 * A link that Telegram is sure to take for one, so that nothing in it is a mention or a command. It has
 * no bracket, no port and no other link in it, at which Telegram may end a link early, and is not of the one domain that it
 * never links (tdlib/td, MessageEntity.cpp: match_urls, fix_url).
 */
const LINK =
  '(?<![^ \\n])https?:\\/\\/(?!teiegram\\.org)(?:[a-z0-9][a-z0-9-]{0,30}\\.){1,5}[a-z]{2,6}(?:[/?#](?:[\\w.~%@/?#&=+,;!$*-]|:(?!\\/\\/))*)?(?![^ \\n])';

/** The @ of what Telegram takes for a mention, which notifies whoever bears the name (match_mentions). */
const MENTION = '(?<!\\w)@(?=\\w)';

/** The / of what it takes for a command, which a tap sends to the chat (match_bot_commands). */
const COMMAND = '(?<![\\w/<>])\\/(?=\\w{1,64}(?![\\w/<>]))';

/** The : of a link into Telegram's own app: to a person, a proxy, an invitation (match_tg_urls). */
const APP_LINK = '(?<=tg|ton|tonsite):(?=\\/\\/)';

const PINGS = new RegExp(`${LINK}|${MENTION}|${COMMAND}|${APP_LINK}`, 'gi');

/**
 * A customer's text in which nobody is mentioned and nothing is a command. Telegram finds both in plain
 * text; what would make it one is shown by a character that looks alike.
 */
export function breakPings(text: string): string {
  return text.replaceAll(PINGS, (found) => SIMILAR[found] ?? found);
}
