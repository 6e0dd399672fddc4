import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import type { EmulatedChat } from '../../chats/emulated-chat.js';

describe('SendPollMethod', () => {
  let telegram: BotApiEmulator;
  let client: WireClient;
  let desk: EmulatedChat;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start();
    client = new WireClient(telegram);
    desk = telegram.createGroup({ title: 'Desk' });
  });

  afterEach(() => telegram.stop());

  const send = (params: object = {}): Promise<unknown> =>
    client.call('sendPoll', { chat_id: desk.id, question: 'Why?', options: ['A', 'B'], ...params });
  const errorOf = (params: object): Promise<string> =>
    client.errorOf('sendPoll', {
      chat_id: desk.id,
      question: 'Why?',
      options: ['A', 'B'],
      ...params,
    });

  it('sends a poll in which nobody has voted', async () => {
    expect(await send({ question: ' Why? ', options: [' A ', { text: 'B' }] })).toEqual({
      ok: true,
      result: desk.messages[0],
    });
    expect(desk.messages[0]?.poll).toMatchObject({
      id: expect.stringMatching(/^\d+$/),
      question: 'Why?',
      options: [
        { text: 'A', voter_count: 0 },
        { text: 'B', voter_count: 0 },
      ],
      total_voter_count: 0,
      is_closed: false,
      is_anonymous: true,
      type: 'regular',
      allows_multiple_answers: false,
    });
  });

  it.each<[object, object]>([
    [{ is_anonymous: false }, { is_anonymous: false }],
    [{ is_anonymous: 'true' }, { is_anonymous: true }],
    [{ type: 'quiz' }, { type: 'quiz' }],
    [{ type: 'no such type' }, { type: 'regular' }],
    [{ allows_multiple_answers: true }, { allows_multiple_answers: true }],
    [{ is_closed: true }, { is_closed: true }],
  ])('makes of %j %j', async (params, expected) => {
    await send(params);
    expect(desk.messages[0]?.poll).toMatchObject(expected);
  });

  it('gives each poll an id of its own', async () => {
    await send();
    await send();
    const [one, other] = desk.messages.map(({ poll }) => poll?.id);
    expect(one).not.toBe(other);
  });

  it.each([1, 12])('takes %i options', async (length) => {
    await send({ options: Array.from({ length }, (_unused, index) => `Option ${index}`) });
    expect(desk.messages[0]?.poll?.options).toHaveLength(length);
  });

  it.each<[object, string]>([
    [{ question: '' }, 'poll question must be non-empty'],
    [{ question: ' ' }, 'poll question must be non-empty'],
    [{ question: '😀'.repeat(301) }, 'poll question length must not exceed 300'],
    [{ options: [] }, 'poll must have at least 1 option'],
    [{ options: undefined }, 'poll must have at least 1 option'],
    [{ options: Array.from({ length: 13 }, () => 'A') }, "poll can't have more than 12 options"],
    [{ options: ['A', ' '] }, 'poll option must be non-empty'],
    [{ options: ['x'.repeat(101)] }, 'poll option length must not exceed 100'],
    [{ options: [{}] }, 'can\'t parse poll option: Can\'t find field "text"'],
    [{ options: '[' }, "can't parse options JSON object"],
    [{ options: { text: 'A' } }, 'expected an Array of InputPollOption'],
  ])('refuses %j: %s', async (params, reason) => {
    expect(await errorOf(params)).toBe(`Bad Request: ${reason}`);
    expect(desk.messages).toEqual([]);
  });
});
