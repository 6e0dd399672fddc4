import type { PageActor } from '../../src/page/page-action.interface.js';
import type { PageMessage } from '../../src/page/page-message.interface.js';
import type { PageChat, PageMember } from '../../src/page/page-protocol.js';
import type { PageState } from '../state/page-state.js';
import { plainName } from '../text/plain-name.js';

/** The people who are in a chat now, its creator first. */
export function peopleIn(chat: PageChat, state: PageState): readonly PageMember[] {
  const present = chat.members.filter(
    ({ id, status }) => state.people.has(id) && status !== 'left' && status !== 'kicked',
  );
  return present.toSorted((a, b) => rank(a) - rank(b));
}

/** Who somebody is at first: a mere person of the chat, rather than its creator. */
export function firstActor(chat: PageChat, state: PageState): PageActor | undefined {
  const people = peopleIn(chat, state);
  const member = people.find(({ status }) => status !== 'creator') ?? people[0];
  return member && { person: member.id };
}

/** The name of whom a message would be by. */
export function actorName(actor: PageActor, chat: PageChat, state: PageState): string {
  if (actor.channel !== undefined) return plainName(actor.channel);
  if (actor.anonymousTitle !== undefined) return plainName(chat.title);
  return plainName(state.people.get(actor.person)?.name ?? '');
}

/** The id that chooses the colour of somebody. */
export function actorId(actor: PageActor, chat: PageChat): number {
  return actor.anonymousTitle === undefined ? actor.person : chat.id;
}

/** Whether a message is by somebody; an ephemeral one is by the person, whoever that person writes as. */
export function isBy({ sender, ephemeral }: PageMessage, actor: PageActor | undefined): boolean {
  if (!actor) return false;
  if (ephemeral) return sender.id === actor.person;
  if (actor.channel !== undefined)
    return sender.kind === 'channel' && sender.name === actor.channel;
  if (actor.anonymousTitle !== undefined) {
    return sender.kind === 'anonymous' && (sender.signature ?? '') === actor.anonymousTitle;
  }
  return sender.kind === 'person' && sender.id === actor.person;
}

function rank({ status }: PageMember): number {
  return ['creator', 'administrator'].indexOf(status) + 1 || 3;
}
