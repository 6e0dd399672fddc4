/** Longer links are cut off by browsers and servers alike. */
const LONGEST_URL = 2_048;

/** A scheme and a host without credentials; browsers read a backslash as a slash, and Telegram does not. */
const FORM = /^https?:\/\/[^\s/?#@\\][^\s/?#@\\]*(?:[/?#].*)?$/i;

/** Invisible characters, and those that display others elsewhere. */
const HIDDEN = /^\s|\s$|[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** What {@link isWebLink} requires, in words that follow the name of the field. */
export const WEB_LINK_RULE = `must be an http or https URL of at most ${LONGEST_URL} characters, without credentials`;

/**
 * Whether a value is an http or https URL of at most 2,048 characters that leads to the same place in Telegram as in a
 * browser, without credentials, which everybody in the chat would see.
 */
export function isWebLink(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= LONGEST_URL &&
    value.isWellFormed() &&
    FORM.test(value) &&
    !HIDDEN.test(value) &&
    URL.canParse(value)
  );
}
