/** Enough for a reason in words. */
const LONGEST = 200;

/** Characters that are invisible, or displayed in another place. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]+/gu;

/** Foreign text as a log line may hold it: on one line, without what is invisible, and not long. */
export function shorten(text: string, longest = LONGEST): string {
  const line = text.replaceAll(/\s+/g, ' ').replaceAll(INVISIBLE, '').trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 1).toWellFormed()}…`;
}
