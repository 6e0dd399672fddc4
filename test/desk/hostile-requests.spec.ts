import request, { type Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BotToken } from '../../src/secrets/bot-token.js';
import { adapterNames } from '../support/http-adapters.js';
import { TestDesk } from '../support/test-desk.js';

const HEADER = 'X-Telegram-Bot-Api-Secret-Token';
const TEN_MEGABYTES = 'x'.repeat(10 * 1024 * 1024);

/** A message that would be a reply, but for what the test changes. */
function messageWith(change: object): object {
  return {
    update_id: 1,
    message: {
      message_id: 7,
      date: 1,
      chat: { id: -1, type: 'supergroup', title: 'S' },
      from: { id: 5, is_bot: false, first_name: 'Ada' },
      text: 'Hi',
      ...change,
    },
  };
}

const nested = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;

/** Bodies that are JSON, with what the webhook answers to them. */
const bodies: [string, string, number][] = [
  ['null', 'null', 400],
  ['an empty array', '[]', 400],
  ['an array of updates', '[{"update_id":1}]', 400],
  ['an empty object', '{}', 400],
  ['a string', '"update"', 400],
  ['a number', '1', 400],
  ['broken JSON', '{"update_id":1,', 400],
  ['nothing', '', 400],
  ['an id that is no number', '{"update_id":"1"}', 400],
  ['an id that is no whole number', '{"update_id":1.5}', 400],
  ['an id beyond 2^53', '{"update_id":9007199254740993}', 400],
  ['an update of an unknown kind', '{"update_id":1,"telepathy":{"thought":"x"}}', 200],
  ['an update without content', '{"update_id":1}', 200],
  ['deep nesting', `{"update_id":1,"message":${nested}}`, 200],
  ['a message that is null', '{"update_id":1,"message":null}', 200],
  ['a message that is a string', '{"update_id":1,"message":"Hi"}', 200],
  ['a message that is a list', '{"update_id":1,"message":[]}', 200],
  [
    'a prototype that is polluted',
    '{"update_id":1,"__proto__":{"message":1},"constructor":{}}',
    200,
  ],
  ...Object.entries({
    'a chat that is a number': { chat: 5 },
    'a chat without an id': { chat: { type: 'group' } },
    'a chat id beyond 2^53': { chat: { id: 2 ** 60, type: 'group' } },
    'a sender that is a list': { from: [] },
    'a sender without a name': { from: { id: 1 } },
    'a text that is an object': { text: { toString: 'x' } },
    'entities that are an object': { entities: {} },
    'an entity without an offset': { entities: [{ type: 'bold' }] },
    'a link without a URL': { entities: [{ type: 'text_link', offset: 0, length: 1 }] },
    'a replied message that is null': { reply_to_message: null },
    'a replied message that is a string': { reply_to_message: 'the notice' },
    'a message id that is a string': { message_id: '7' },
    'a date that is a string': { date: 'today' },
  }).map(([name, change]): [string, string, number] => [
    name,
    JSON.stringify(messageWith(change)),
    200,
  ]),
];

describe.each(adapterNames)('The webhook on %s', (adapter) => {
  let desk: TestDesk;
  let secret: string;

  beforeAll(async () => {
    desk = await TestDesk.start({ adapter, webhook: false, options: { adminChatId: -1 } });
    secret = new BotToken(desk.emulator.bot.token).derive('webhook-secret').reveal();
  });
  afterAll(() => desk.stop());

  function post(body: string, headers: Record<string, string> = {}): Test {
    return request(desk.origin)
      .post('/telegram/webhook')
      .set({ 'Content-Type': 'application/json', [HEADER]: secret, ...headers })
      .send(body);
  }

  it('takes an update with the right secret', async () => {
    const { body, text } = await post('{"update_id":1}').expect(200);
    expect([body, text]).toEqual([{}, '']);
  });

  it.each([
    ['no secret', ''],
    ['a wrong secret of the same length', 'x'.repeat(43)],
    ['a secret of another length', 'x'],
    ['the secret and more', 'secret+'],
    ['the secret in other letters', 'UPPER'],
  ])('answers 401, without detail, to %s', async (name, given) => {
    const header = given.replace('secret', secret).replace('UPPER', secret.toUpperCase());
    const linesBefore = desk.log.lines.length;
    const { body } = await post(JSON.stringify(messageWith({})), { [HEADER]: header }).expect(401);
    expect(body).toEqual({ message: 'Unauthorized', statusCode: 401 });
    expect({ name, logged: desk.log.lines.length - linesBefore }).toEqual({ name, logged: 0 });
  });

  it('answers 401 to a request without the header', async () => {
    await request(desk.origin).post('/telegram/webhook').send({ update_id: 1 }).expect(401);
  });

  it.each(bodies)('survives %s', async (_name, body, expected) => {
    const { status } = await post(body);
    // Fastify itself refuses a body that would set a prototype.
    const expectedHere = adapter === 'fastify' && body.includes('__proto__') ? 400 : expected;
    expect(status).toBe(expectedHere);
  });

  it.each([
    [
      '10 MB of JSON',
      JSON.stringify({ update_id: 1, text: TEN_MEGABYTES }),
      'application/json',
      413,
    ],
    ['text', '{"update_id":1}', 'text/plain', 400],
    ['a form', 'update_id=1', 'application/x-www-form-urlencoded', 400],
    ['a kind nobody knows', '{"update_id":1}', 'application/x-unknown', 400],
  ])('refuses %s', async (_name, body, type, expected) => {
    const { status } = await post(body, { 'Content-Type': type });
    // Fastify says 415 where Express hands on a request without a body.
    expect([expected, 415]).toContain(status);
  });

  it('answers no other method', async () => {
    await request(desk.origin).get('/telegram/webhook').set(HEADER, secret).expect(404);
  });

  it('still works after all that, and has called no handler', async () => {
    await post('{"update_id":2}').expect(200);
    expect(desk.replies.replies).toEqual([]);
    // The check at boot says that this chat does not exist.
    const errors = desk.log.with('error', '').filter(({ text }) => !text.includes('adminChatId'));
    expect(errors).toEqual([]);
  });
});
