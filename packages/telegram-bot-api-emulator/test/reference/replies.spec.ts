import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ReferenceDesk, type ReferenceRow, refused } from '../support/reference-desk.js';

/*
 * Facts about the Bot API's own server: replies. Sources are files of
 * tdlib/telegram-bot-api; those that begin with "td" are of tdlib/td.
 */

const GONE = refused(400, 'Bad Request: message to be replied not found');

const reply = (id: number, reply_parameters: unknown): readonly [string, object] => [
  'sendMessage',
  { chat_id: id, text: 'hi', reply_parameters },
];

const REFUSALS: ReferenceRow[] = [
  [
    'what is replied to is not there',
    'Client.cpp:8511-8523',
    ({ group }) => reply(group.id, { message_id: 999 }),
    GONE,
  ],
  [
    'what is replied to is not there, the older way',
    'Client.cpp:8511-8523',
    ({ group }) => ['sendMessage', { chat_id: group.id, text: 'hi', reply_to_message_id: 999 }],
    GONE,
  ],
  [
    'what is replied to was deleted',
    'Client.cpp:8511-8523',
    async (desk) => {
      const message_id = await desk.send(desk.group);
      await desk.result('deleteMessage', { chat_id: desk.group.id, message_id });
      return reply(desk.group.id, { message_id });
    },
    GONE,
  ],
  [
    'what is replied to is not in the other chat',
    'Client.cpp:8511-8523',
    ({ group, supergroup }) => reply(group.id, { chat_id: supergroup.id, message_id: 999 }),
    GONE,
  ],
  [
    'the other chat may not be read',
    'Client.cpp:8511-8523',
    ({ group, supergroup }) => {
      const { message_id } = supergroup.agent('Bob').write('there');
      supergroup.setBotStatus('left');
      return reply(group.id, { chat_id: supergroup.id, message_id });
    },
    refused(403, 'Forbidden: bot is not a member of the supergroup chat'),
  ],
  [
    'the quote is not in the message',
    'data centre',
    ({ group }) => {
      const { message_id } = group.agent('Bob').write('one two');
      return reply(group.id, { message_id, quote: 'three' });
    },
    refused(400, 'Bad Request: QUOTE_TEXT_INVALID'),
  ],
  [
    'the parameters are no JSON',
    'Client.cpp',
    ({ group }) => reply(group.id, '{'),
    refused(400, "Bad Request: can't parse reply parameters JSON object"),
  ],
  [
    'the parameters are no object',
    'Client.cpp',
    ({ group }) => reply(group.id, [1]),
    refused(400, 'Bad Request: object expected as reply parameters'),
  ],
  [
    'the parameters name no message',
    'Client.cpp',
    ({ group }) => reply(group.id, { chat_id: group.id }),
    refused(400, 'Bad Request: can\'t find field "message_id"'),
  ],
];

describe('Replies', () => {
  let desk: ReferenceDesk;

  beforeEach(async () => {
    desk = await ReferenceDesk.start();
  });

  afterEach(() => desk.stop());

  it.each(REFUSALS)('says when %s (%s)', async (_fact, _source, arrange, answer) => {
    const [method, params] = await arrange(desk);
    expect(await desk.call(method, params)).toEqual(answer);
  });

  it.each<[way: string, params: object]>([
    [
      'reply_parameters',
      { reply_parameters: { message_id: 999, allow_sending_without_reply: true } },
    ],
    ['the older parameters', { reply_to_message_id: 999, allow_sending_without_reply: true }],
  ])('sends without the reply where %s allow it (Client.cpp:8511-8523)', async (_way, params) => {
    const result = await desk.result('sendMessage', {
      chat_id: desk.group.id,
      text: 'hi',
      ...params,
    });
    expect(result).toMatchObject({ text: 'hi' });
    expect(result).not.toHaveProperty('reply_to_message');
  });

  it('looks at the older parameters only where there are no newer ones', async () => {
    const message_id = await desk.send(desk.group);
    const older = { reply_to_message_id: 999 };
    const [method, params] = reply(desk.group.id, { message_id });
    expect(await desk.result(method, { ...params, ...older })).toMatchObject({
      reply_to_message: { message_id },
    });
  });

  it('shows a message of another topic as an external reply (Client.cpp:8498-8504)', async () => {
    const [one, other] = [await desk.createTopic('One'), await desk.createTopic('Other')];
    const { message_id } = desk.forum.agent('Bob').write('inside', { message_thread_id: one });
    const params = { chat_id: desk.forum.id, text: 'hi', message_thread_id: other };
    const result = await desk.result('sendMessage', {
      ...params,
      reply_parameters: { message_id },
    });
    expect(result).toMatchObject({
      message_thread_id: other,
      external_reply: { chat: { id: desk.forum.id }, message_id },
      // Every message of a topic replies to its first one.
      reply_to_message: { message_id: other, forum_topic_created: { name: 'Other' } },
    });
  });

  it('quotes what it replies to elsewhere when it quotes nothing itself (td RepliedMessageInfo.cpp:165-170, MessageQuote.cpp:76-81)', async () => {
    const topic = await desk.createTopic();
    const text = `${'😀'.repeat(1_000)} and ${'x'.repeat(1_000)}`;
    const { message_id } = desk.forum.agent('Bob').write(text);
    const params = { chat_id: desk.forum.id, text: 'hi', message_thread_id: topic };
    const plain = { ...params, reply_parameters: { message_id } };
    expect(await desk.result('sendMessage', plain)).toHaveProperty('quote', {
      text: `${'😀'.repeat(1_000)} and ${'x'.repeat(19)}`,
      position: 0,
    });
    const manual = { ...params, reply_parameters: { message_id, quote: 'and' } };
    expect(await desk.result('sendMessage', manual)).toHaveProperty('quote', {
      text: 'and',
      position: 2_001,
      is_manual: true,
    });
  });

  it('drops a reply to a service message of another topic (Client.cpp:8498-8504)', async () => {
    const [one, other] = [await desk.createTopic('One'), await desk.createTopic('Other')];
    const params = { chat_id: desk.forum.id, text: 'hi', message_thread_id: other };
    const result = await desk.result('sendMessage', {
      ...params,
      reply_parameters: { message_id: one },
    });
    expect(result).not.toHaveProperty('external_reply');
    expect(result).toMatchObject({ reply_to_message: { message_id: other } });
  });

  it('shows a message of another chat that it may read as an external reply', async () => {
    const { message_id } = desk.supergroup.agent('Bob').write('there');
    const result = await desk.result(
      ...reply(desk.group.id, { chat_id: desk.supergroup.id, message_id }),
    );
    expect(result).toMatchObject({
      external_reply: {
        origin: { type: 'user', sender_user: { first_name: 'Bob' } },
        chat: { id: desk.supergroup.id },
        message_id,
      },
    });
    expect(result).not.toHaveProperty('reply_to_message');
  });

  describe('quotes', () => {
    it.each<[what: string, parameters: object, quote: object]>([
      ['quote', { quote: 'two' }, { text: 'two', position: 4, is_manual: true }],
      [
        'quote_position',
        { quote: 'one', quote_position: 5 },
        { text: 'one', position: 8, is_manual: true },
      ],
      [
        'quote_parse_mode',
        { quote: '<b>two</b>', quote_parse_mode: 'HTML' },
        {
          text: 'two',
          entities: [{ type: 'bold', offset: 0, length: 3 }],
          position: 4,
          is_manual: true,
        },
      ],
      [
        'quote_entities',
        { quote: 'two', quote_entities: [{ type: 'italic', offset: 0, length: 3 }] },
        {
          text: 'two',
          entities: [{ type: 'italic', offset: 0, length: 3 }],
          position: 4,
          is_manual: true,
        },
      ],
    ])('understand %s', async (_what, parameters, quote) => {
      const { message_id } = desk.group.agent('Bob').write('one two one');
      const quoting = reply(desk.group.id, { message_id, ...parameters });
      expect(await desk.result(...quoting)).toHaveProperty('quote', quote);
    });

    it('may have a wrong parse mode or wrong markup', async () => {
      const { message_id } = desk.group.agent('Bob').write('one two');
      const wrongMode = reply(desk.group.id, { message_id, quote: 'two', quote_parse_mode: 'no' });
      expect(await desk.call(...wrongMode)).toEqual(
        refused(400, 'Bad Request: unsupported parse_mode'),
      );
      const html = { quote: '<b>two', quote_parse_mode: 'HTML' };
      expect(await desk.call(...reply(desk.group.id, { message_id, ...html }))).toEqual(
        refused(
          400,
          'Bad Request: can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
        ),
      );
    });
  });
});
