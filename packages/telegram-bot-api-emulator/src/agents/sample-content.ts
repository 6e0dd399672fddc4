import type { Message } from '@grammyjs/types';
import { createPhotoSizes } from '../files/media-content.js';
import type { ChatActor } from './chat-actor.js';
import { storeAgentFile } from './agent-file.js';

/** What people send that is no file, by the names of the fields of a message. */
export type ContentKind =
  | 'checklist'
  | 'contact'
  | 'dice'
  | 'game'
  | 'giveaway'
  | 'giveaway_winners'
  | 'invoice'
  | 'location'
  | 'paid_media'
  | 'poll'
  | 'rich_message'
  | 'story'
  | 'venue';

/** What a message says in the field of a kind. */
export type ContentOf<K extends ContentKind> = NonNullable<Message[K]>;

type Samples = { readonly [K in ContentKind]: (actor: ChatActor) => ContentOf<K> };

const PLACE = { latitude: 52.520008, longitude: 13.404954 };
const WEEK_SECONDS = 7 * 24 * 60 * 60;

/** What stands in a message where a test does not say it. */
const SAMPLES: Samples = {
  checklist: () => ({
    title: 'To do',
    tasks: [
      { id: 1, text: 'Look for it' },
      { id: 2, text: 'Write back' },
    ],
  }),
  contact: () => ({ phone_number: '+15550100', first_name: 'Carol' }),
  dice: () => ({ emoji: '🎲', value: 4 }),
  game: (actor) => ({
    title: 'A game',
    description: 'Played by one',
    photo: createPhoto(actor),
    text: '',
    text_entities: [],
    animation: createAnimation(actor),
  }),
  giveaway: ({ world, room }) => ({
    chats: [room.chat],
    winners_selection_date: world.seconds + WEEK_SECONDS,
    winner_count: 1,
    premium_subscription_month_count: 3,
  }),
  giveaway_winners: ({ world, room, user }) => ({
    chat: room.chat,
    giveaway_message_id: 1,
    winners_selection_date: world.seconds,
    winner_count: 1,
    winners: [user],
  }),
  invoice: () => ({
    title: 'A bill',
    description: 'For one thing',
    start_parameter: 'bill',
    currency: 'EUR',
    total_amount: 1_000,
  }),
  location: () => PLACE,
  paid_media: (actor) => ({
    star_count: 5,
    paid_media: [{ type: 'photo', photo: createPhoto(actor) }],
  }),
  poll: ({ world }) => ({
    id: String(world.clock.now()),
    question: 'Does it work?',
    options: ['Yes', 'No'].map((text, index) => ({
      persistent_id: String(index),
      text,
      voter_count: 0,
    })),
    total_voter_count: 0,
    is_closed: false,
    is_anonymous: true,
    type: 'regular',
    allows_multiple_answers: false,
    allows_revoting: true,
    members_only: false,
  }),
  rich_message: () => ({ blocks: [{ type: 'paragraph', text: ['Rather ', 'rich'] }] }),
  story: ({ user }) => ({
    chat: { id: user.id, type: 'private', first_name: user.first_name },
    id: 1,
  }),
  venue: () => ({ location: PLACE, title: 'The shop', address: '1 High Street' }),
};

/** The fields of a message of a kind: what the test says, and the rest made up. */
export function createSampleContent<K extends ContentKind>(
  actor: ChatActor,
  kind: K,
  fields: Partial<ContentOf<K>>,
): Partial<Message> {
  const sample: Samples[K] = SAMPLES[kind];
  const content: Partial<Message> = { [kind]: { ...sample(actor), ...fields } };
  // Older clients find a venue as a location.
  return content.venue ? { ...content, location: content.venue.location } : content;
}

function createPhoto({ world: { files } }: ChatActor): ReturnType<typeof createPhotoSizes> {
  return createPhotoSizes(files, storeAgentFile(files, 'photo', {}));
}

function createAnimation({ world: { files } }: ChatActor): ContentOf<'game'>['animation'] {
  const file = storeAgentFile(files, 'animation', {});
  return {
    file_id: files.idOf(file),
    file_unique_id: files.uniqueIdOf(file),
    width: file.width ?? 0,
    height: file.height ?? 0,
    duration: 1,
  };
}
