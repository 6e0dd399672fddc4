/** The number of characters behind the colon in all tokens of BotFather. */
const SECRET_LENGTH = 35;

/** What is wrong with a text that is no token, as far as it can be told without showing it; undefined when it may be one. */
export function tokenFlaw(text: string): string | undefined {
  if (text === '') return 'it is empty';
  if (/\s/.test(text)) return 'it has a space or a line break in it: copy the token alone';
  if (/^["'`].*["'`]$/.test(text)) return 'it is in quotes: leave them out';
  if (/^bot\d+:/i.test(text)) return 'it begins with "bot": leave that out';
  if (text.startsWith('@')) return 'it is the name of a bot; the token begins with digits';
  if (!text.includes(':')) return 'it has no colon: a token is digits, a colon, and letters';
  if (!/^[1-9]\d{0,19}:[\w-]{1,59}$/.test(text)) {
    return 'a token is digits, a colon, and then only letters, digits, _ and -';
  }
  return undefined;
}

/** Why Telegram may not know a text that looks like a token. */
export function unknownTokenHint(token: string): string {
  const length = token.length - token.indexOf(':') - 1;
  if (length === SECRET_LENGTH) return 'it was mistyped or revoked';
  const what = length < SECRET_LENGTH ? 'a part is missing' : 'there is too much';
  return `behind its colon it has ${length} characters, and tokens have ${SECRET_LENGTH} there: ${what}`;
}
