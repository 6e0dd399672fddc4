import type { PageMessage } from '../../src/page/page-message.interface.js';

/**
 * The messages of a chat with ephemeral ones where they came, or in the place of those that they replace.
 *
 * @param messages The oldest first.
 * @param ephemerals Those that one person sees.
 */
export function timelineOf(
  messages: readonly PageMessage[],
  ephemerals: readonly PageMessage[],
): readonly PageMessage[] {
  if (ephemerals.length === 0) return messages;
  const sorted = ephemerals.toSorted((a, b) => orderOf(a) - orderOf(b));
  const ids = new Set(messages.map(({ id }) => id));
  const isReplacement = ({ ephemeral }: PageMessage): boolean => ids.has(ephemeral?.replaces ?? 0);
  // Of several in one place the last one is seen.
  const replacements = new Map(
    sorted.filter(isReplacement).map((message) => [message.ephemeral?.replaces, message]),
  );
  const added = sorted.filter((message) => !isReplacement(message));
  let next = 0;
  const shown = messages.flatMap((message) => {
    const first = next;
    while (next < added.length && afterOf(added[next]) < message.id) next++;
    return [...added.slice(first, next), replacements.get(message.id) ?? message];
  });
  return [...shown, ...added.slice(next)];
}

function orderOf({ ephemeral }: PageMessage): number {
  return ephemeral?.order ?? 0;
}

function afterOf(message: PageMessage | undefined): number {
  return message?.ephemeral?.after ?? 0;
}
