/** What turns the direction of the text around it, and what cannot be seen, but for what joins emoji. */
const DECEPTIVE = /(?!\u200c|\u200d|[\u{e0020}-\u{e007f}])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A name on one line, as nobody can mistake it: without control characters and without marks that turn
 * its direction, by which `gpj.exe` poses as a photo.
 */
export function plainName(name: string, otherwise = 'Unnamed'): string {
  return name.replaceAll(DECEPTIVE, '').trim() || otherwise;
}
