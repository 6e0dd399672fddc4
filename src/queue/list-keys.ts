/** How many lanes a line of the log names. */
const MOST_LISTED = 50;

/** Names of lanes for a line of the log, which stays readable however many there are. */
export function listKeys(lanes: readonly string[]): string {
  const more = lanes.length - MOST_LISTED;
  const listed = lanes.slice(0, MOST_LISTED).join(', ');
  return more > 0 ? `${listed} and ${more} more` : listed;
}
