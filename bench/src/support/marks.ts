/** By what a message of a benchmark is known wherever it arrives: its thread, and its number there. */
export function markOf(threadId: string, number: number): string {
  return `[${threadId}#${number}]`;
}

/** The marks in a text, in their order. */
export function marksIn(text: string): string[] {
  return text.match(/\[t\d+#\d+\]/g) ?? [];
}

/** How often each mark has come, in the order of their first coming. */
export function countMarks(marks: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const mark of marks) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  return counts;
}

/** How many marks came after a later one of their thread. */
export function outOfOrder(marks: Iterable<string>): number {
  const newest = new Map<string, number>();
  let late = 0;
  for (const mark of marks) {
    const [thread = '', number] = mark.slice(1, -1).split('#');
    const seen = newest.get(thread) ?? -1;
    if (Number(number) < seen) late += 1;
    newest.set(thread, Math.max(seen, Number(number)));
  }
  return late;
}
