const MAX_LENGTH = 60;
/** Shorter names are in too many others. */
const MIN_PART = 4;

/**
 * The name that was probably meant; undefined when none is near. Names are compared without case,
 * underscores and hyphens; one that is part of another is near, too.
 */
export function findClosestName(name: string, candidates: Iterable<string>): string | undefined {
  let closest: string | undefined;
  let best = Number.POSITIVE_INFINITY;
  if (name.length > MAX_LENGTH) return undefined;
  for (const candidate of candidates) {
    const distance = measure(bare(name), bare(candidate));
    if (distance < best) [closest, best] = [candidate, distance];
  }
  return closest;
}

/** The end of a sentence about a name that does not exist; empty when no other is near. */
export function suggestName(name: string, candidates: Iterable<string>): string {
  const closest = findClosestName(name, candidates);
  return closest === undefined ? '' : `; did you mean "${closest}"?`;
}

function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, '');
}

/** How far two names are apart; infinite when they are too far. */
function measure(left: string, right: string): number {
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  const edits = countEdits(short, long);
  if (edits <= long.length / 3) return edits;
  const isPart = short.length >= MIN_PART && long.includes(short);
  return isPart ? edits : Number.POSITIVE_INFINITY;
}

/** How many characters must be added, dropped or changed to make one text of the other. */
function countEdits(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [above, letter] of Array.from(left).entries()) {
    const next = [above + 1];
    for (const [index, other] of Array.from(right).entries()) {
      const change = (row[index] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(change, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
