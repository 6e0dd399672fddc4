import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import type { EmulatedChat } from '../../chats/emulated-chat.js';

const PLACE = { latitude: 52.5, longitude: -13.25 };
const VENUE = { ...PLACE, title: 'Desk', address: 'Street 1' };
const WRONG = 'wrong latitude or longitude specified';

describe('SendPlaceMethod', () => {
  let telegram: BotApiEmulator;
  let client: WireClient;
  let desk: EmulatedChat;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start();
    client = new WireClient(telegram);
    desk = telegram.createSupergroup({ title: 'Desk' });
  });

  afterEach(() => telegram.stop());

  it.each([
    ['sendLocation', PLACE, { location: PLACE }],
    [
      'sendLocation',
      { latitude: '90', longitude: ' -180 ' },
      { location: { latitude: 90, longitude: -180 } },
    ],
    ['sendLocation', { latitude: 0, longitude: 0 }, { location: { latitude: 0, longitude: 0 } }],
    [
      'sendVenue',
      VENUE,
      { venue: { location: PLACE, title: 'Desk', address: 'Street 1' }, location: PLACE },
    ],
  ])('%s answers with the message for %j', async (method, params, expected) => {
    const answer = await client.call(method, { chat_id: desk.id, ...params });
    expect(answer).toEqual({ ok: true, result: desk.messages[0] });
    expect(desk.messages).toMatchObject([{ message_id: 1, ...expected }]);
  });

  it('distinguishes a location from a venue', async () => {
    await client.call('sendLocation', { chat_id: desk.id, ...VENUE });
    expect(desk.messages[0]).not.toHaveProperty('venue');
  });

  it.each<[string, object, string]>([
    ['sendLocation', { longitude: 1 }, 'latitude is empty'],
    ['sendLocation', { latitude: 1 }, 'longitude is empty'],
    ['sendLocation', { latitude: '', longitude: 1 }, 'latitude is empty'],
    ['sendLocation', { latitude: 90.1, longitude: 1 }, WRONG],
    ['sendLocation', { latitude: 1, longitude: -180.1 }, WRONG],
    ['sendLocation', { latitude: 'north', longitude: 1 }, WRONG],
    ['sendVenue', { ...VENUE, latitude: 91 }, WRONG],
    ['sendVenue', { ...VENUE, title: '' }, 'venue title must be non-empty'],
    ['sendVenue', { ...VENUE, address: undefined }, 'venue address must be non-empty'],
  ])('%s refuses %j: %s', async (method, params, reason) => {
    expect(await client.errorOf(method, { chat_id: desk.id, ...params })).toBe(
      `Bad Request: ${reason}`,
    );
    expect(desk.messages).toEqual([]);
  });

  it('takes reply, topic and keyboard', async () => {
    const forum = telegram.createForum({ title: 'Forum' });
    const topic = forum.agent('Ann').createTopic('T');
    const question = forum.agent('Ann').write('where?', { message_thread_id: topic.id });
    const reply_markup = { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] };
    const reply_parameters = { message_id: question.message_id };
    await client.call('sendVenue', { chat_id: forum.id, ...VENUE, reply_parameters, reply_markup });
    expect(forum.messages.at(-1)).toMatchObject({
      message_thread_id: topic.id,
      reply_to_message: { text: 'where?' },
      reply_markup,
    });
  });
});
