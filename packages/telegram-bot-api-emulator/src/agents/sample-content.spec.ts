import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';
import type { EmulatedAgent } from './emulated-agent.js';
import type { ContentKind } from './sample-content.js';

const PLACE = { latitude: 52.520008, longitude: 13.404954 };
const FILE = {
  file_id: expect.any(String),
  file_unique_id: expect.any(String),
  width: expect.any(Number),
  height: expect.any(Number),
};

describe('What agents send that is no file', () => {
  let telegram: BotApiEmulator;
  let bot: EmulatorClient;
  let desk: EmulatedChat;
  let ann: EmulatedAgent;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock(1_750_000_000_000) });
    bot = new EmulatorClient(telegram);
    desk = telegram.createSupergroup({ title: 'Desk' });
    ann = desk.agent('Ann');
  });

  afterEach(() => telegram.stop());

  it.each<[ContentKind, object]>([
    ['checklist', { title: 'To do', tasks: [{ id: 1, text: 'Look for it' }, { id: 2 }] }],
    ['contact', { phone_number: '+15550100', first_name: 'Carol' }],
    ['dice', { emoji: '🎲', value: 4 }],
    ['game', { title: 'A game', photo: expect.arrayContaining([expect.objectContaining(FILE)]) }],
    ['giveaway', { winner_count: 1, winners_selection_date: 1_750_604_800 }],
    ['giveaway_winners', { winner_count: 1, winners: [{ first_name: 'Ann' }] }],
    ['invoice', { title: 'A bill', currency: 'EUR', total_amount: 1_000 }],
    ['location', PLACE],
    ['paid_media', { star_count: 5, paid_media: [{ type: 'photo' }] }],
    ['poll', { question: 'Does it work?', options: [{ text: 'Yes' }, { text: 'No' }] }],
    ['rich_message', { blocks: [{ type: 'paragraph', text: ['Rather ', 'rich'] }] }],
    ['story', { chat: { type: 'private', first_name: 'Ann' }, id: 1 }],
    ['venue', { location: PLACE, title: 'The shop', address: '1 High Street' }],
  ])('reaches the bot with all that a message of its kind has: %s', async (kind, content) => {
    const message = ann.send(kind);
    expect(await bot.updates()).toEqual([{ update_id: expect.any(Number), message }]);
    expect(message).toMatchObject({ from: ann.user, [kind]: content });
    expect(message).not.toHaveProperty('text');
  });

  it('says what the test says, and makes up the rest', () => {
    expect(ann.send('poll', { question: 'Which day?', is_anonymous: false }).poll).toMatchObject({
      question: 'Which day?',
      is_anonymous: false,
      type: 'regular',
    });
  });

  it('is a location too where it is a venue', () => {
    const location = { latitude: 1, longitude: 2 };
    expect(ann.send('venue', { location })).toMatchObject({ location, venue: { location } });
  });

  it('replies, and goes to topics', () => {
    const forum = telegram.createForum({ title: 'Forum' });
    const bob = forum.agent('Bob');
    const { id } = bob.createTopic('Parcels');
    const first = bob.inTopic(id).write('Where are you?');
    expect(bob.send('location', {}, { replyTo: first, extra: { effect_id: '7' } })).toMatchObject({
      message_thread_id: id,
      reply_to_message: { text: 'Where are you?' },
      effect_id: '7',
    });
  });

  it('holds files that can be downloaded', async () => {
    const { paid_media: paid } = ann.send('paid_media');
    const [media] = paid?.paid_media ?? [];
    const photo = media?.type === 'photo' ? media.photo : [];
    expect(await bot.call('getFile', { file_id: photo.at(-1)?.file_id })).toMatchObject({
      ok: true,
    });
  });

  it('is not sent by whoever may not', () => {
    desk.setPermissions({ can_send_other_messages: false, can_send_polls: false });
    expect(() => ann.send('game')).toThrow(`Members may not send games in chat ${desk.id}`);
    expect(() => ann.send('poll')).toThrow(`Members may not send polls in chat ${desk.id}`);
  });

  it.each(['giveaway', 'giveaway_winners', 'invoice', 'paid_media'] as const)(
    'can be forwarded, but not copied: %s',
    async (kind) => {
      const { message_id } = ann.send(kind);
      const from = { chat_id: desk.id, from_chat_id: desk.id, message_id };
      expect(await bot.call('copyMessage', from)).toMatchObject({
        description: "Bad Request: the message can't be copied",
      });
      expect(await bot.call('forwardMessage', from)).toMatchObject({
        result: { [kind]: expect.any(Object) },
      });
    },
  );
});
