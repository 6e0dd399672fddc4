import type { Message } from '@grammyjs/types';
import type { PageContent } from './page-message.interface.js';

/** What of a message is neither a text nor a file; undefined when there is nothing. */
export function createPageContent(message: Message): PageContent | undefined {
  const { poll, venue, location, contact, dice, checklist } = message;
  if (poll) {
    return {
      kind: 'poll',
      question: poll.question,
      options: poll.options.map(({ text, voter_count: votes }) => ({ text, votes })),
      isClosed: poll.is_closed,
      isQuiz: poll.type === 'quiz',
    };
  }
  if (venue) {
    const { location: place, title, address } = venue;
    return { kind: 'venue', ...pickPlace(place), title, address };
  }
  if (location) return { kind: 'location', ...pickPlace(location) };
  if (contact) {
    const { first_name: first, last_name: last, phone_number: phoneNumber } = contact;
    return { kind: 'contact', name: last === undefined ? first : `${first} ${last}`, phoneNumber };
  }
  if (dice) return { kind: 'dice', emoji: dice.emoji, value: dice.value };
  if (checklist) {
    const tasks = checklist.tasks.map(({ text, completion_date: date }) => ({
      text,
      isDone: date !== undefined && date > 0,
    }));
    return { kind: 'checklist', title: checklist.title, tasks };
  }
  const words = describeOther(message);
  return words === undefined ? undefined : { kind: 'other', words };
}

function pickPlace({
  latitude,
  longitude,
}: {
  readonly latitude: number;
  readonly longitude: number;
}): { readonly latitude: number; readonly longitude: number } {
  return { latitude, longitude };
}

function describeOther(message: Message): string | undefined {
  const { game, invoice, paid_media: paid, story, giveaway, giveaway_winners: winners } = message;
  if (game) return `Game: ${game.title}`;
  if (invoice) {
    return `Invoice: ${invoice.title}, ${invoice.total_amount} ${invoice.currency}`;
  }
  if (paid) return `Paid media: ${paid.paid_media.length} for ${paid.star_count} stars`;
  if (story) return 'Story';
  if (giveaway) return `Giveaway: ${giveaway.winner_count} winners`;
  if (winners) return `Giveaway has ended: ${winners.winner_count} winners`;
  return message.rich_message ? 'Rich message' : undefined;
}
