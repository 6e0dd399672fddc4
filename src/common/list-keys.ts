/** How many keys a log line names. */
const MAX_LISTED = 50;

/** The names of keys for a log line, which stays readable however many there are. */
export function listKeys(keys: readonly string[]): string {
  const more = keys.length - MAX_LISTED;
  const listed = keys.slice(0, MAX_LISTED).join(', ');
  return more > 0 ? `${listed} and ${more} more` : listed;
}
