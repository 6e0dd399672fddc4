import type { PageState } from '../state/page-state.js';
import { plainName } from '../text/plain-name.js';

/** What goes wrong now, in a few words each. */
export function activeFaults({ faults, chats, bots, now }: PageState): readonly string[] {
  const active: string[] = [];
  if (faults.isOutage) active.push('Outage');
  if (faults.slowAnswersMs > 0) active.push(`Answers after ${faults.slowAnswersMs / 1_000} s`);
  for (const { title, floodedUntil = 0, gone, members, redirectsDeletedTopics } of chats.values()) {
    if (gone) continue;
    const name = plainName(title);
    const left = Math.ceil((floodedUntil - now) / 1_000);
    if (left > 0) active.push(`Flood in ${name}, ${left} s`);
    if (redirectsDeletedTopics) active.push(`Deleted topics of ${name} lead to General`);
    for (const { id, status } of members) {
      const bot = bots.get(id);
      if (bot && ['kicked', 'left', 'restricted'].includes(status)) {
        active.push(`${plainName(bot.name)} is ${status} in ${name}`);
      }
    }
  }
  return [...active, ...faults.planned];
}
