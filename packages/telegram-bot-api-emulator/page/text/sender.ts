/** One of the seven colours of names, always the same for one sender. */
export function peerColor(id: number): string {
  return `peer-${Math.abs(id) % 7}`;
}

/** Up to two letters that stand in for a picture. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).flatMap((word) => word.match(/[\p{L}\p{N}]/u)?.[0] ?? []);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.join('').toUpperCase() || '?';
}
