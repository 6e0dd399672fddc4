import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EmulatedAgent, EmulatedChat, Message } from '../../src/index.js';
import {
  accepted,
  ReferenceDesk,
  type ReferenceCall,
  type ReferenceRow,
  refused,
  START,
} from '../support/reference-desk.js';

/*
 * Facts about the Bot API's own server: ephemeral messages. DOC is the documentation of Bot API 10.3 (the comments of
 * @grammyjs/types, and core.telegram.org/bots/api#ephemeral-messages-and-commands). What is inferred is named so.
 */

const DOC = 'documentation of Bot API 10.3';
const NOT_ADMIN = refused(400, 'Bad Request: BOT_NOT_ADMIN');
const ID_INVALID = refused(400, 'Bad Request: MESSAGE_ID_INVALID');
const NOT_FOUND = refused(400, 'Bad Request: message to be replied not found');
const TOO_OLD = refused(
  400,
  'Bad Request: query is too old and response timeout expired or query ID is invalid',
);
/** What is in the answer to one that was sent. */
const SENT = { status: 200, body: { result: { message_id: 0 } } };
const BUTTON = { text: 'Take', callback_data: 'take' };
const KEYBOARD = { inline_keyboard: [[BUTTON]] };

const ann = (chat: EmulatedChat): EmulatedAgent => chat.agent('Ann');

/** A text to Ann alone. */
function toAnn(chat: EmulatedChat, parameters: object = {}, params: object = {}): ReferenceCall {
  const receiver = { receiver_user_id: ann(chat).user.id, ...parameters };
  return [
    'sendMessage',
    { chat_id: chat.id, text: 'hi', ephemeral_message_parameters: receiver, ...params },
  ];
}

const REFUSALS: ReferenceRow[] = [
  [
    'what is no JSON',
    'inferred',
    ({ group }) => ['sendMessage', { ...toAnn(group)[1], ephemeral_message_parameters: '{' }],
    refused(400, "Bad Request: can't parse ephemeral message parameters JSON object"),
  ],
  [
    'what is no object',
    'inferred',
    ({ group }) => ['sendMessage', { ...toAnn(group)[1], ephemeral_message_parameters: [] }],
    refused(400, 'Bad Request: object expected as ephemeral message parameters'),
  ],
  [
    'no receiver',
    'inferred',
    ({ group }) => ['sendMessage', { ...toAnn(group)[1], ephemeral_message_parameters: {} }],
    refused(400, 'Bad Request: can\'t find field "receiver_user_id"'),
  ],
  [
    'somebody whom nobody knows',
    'Client.cpp:6524',
    ({ group }) => toAnn(group, { receiver_user_id: 999 }),
    refused(400, 'Bad Request: user not found'),
  ],
  ['a private chat', 'seen on the wire', ({ person }) => toAnn(person), NOT_ADMIN],
  [
    'a bot that is no administrator and answers nothing',
    DOC,
    ({ group }) => {
      group.setBotStatus('member');
      return toAnn(group);
    },
    NOT_ADMIN,
  ],
  [
    'a bot that is no administrator and replies to what is not ephemeral',
    'kurigram#337',
    ({ group }) => {
      group.setBotStatus('member');
      const { message_id } = ann(group).write('hello');
      return toAnn(group, {}, { reply_parameters: { message_id } });
    },
    refused(400, 'Bad Request: MESSAGE_NOT_COMMAND'),
  ],
  [
    'somebody who has left',
    `${DOC}, the error is inferred`,
    ({ group }) => {
      ann(group).leave();
      return toAnn(group);
    },
    refused(400, 'Bad Request: USER_NOT_PARTICIPANT'),
  ],
  [
    'a bot',
    `${DOC}, the error is inferred`,
    ({ group, telegram }) => toAnn(group, { receiver_user_id: telegram.bot.id }),
    refused(400, 'Bad Request: USER_ID_INVALID'),
  ],
  [
    'an answer to no press',
    'Client.cpp:146, QUERY_ID_INVALID',
    ({ group }) => toAnn(group, { callback_query_id: '7' }),
    TOO_OLD,
  ],
  [
    'a reply to an ephemeral message that there is not',
    'inferred',
    ({ group }) => toAnn(group, {}, { reply_parameters: { ephemeral_message_id: 7 } }),
    NOT_FOUND,
  ],
  [
    'a reply to a message that there is not, whatever allow_sending_without_reply says',
    DOC,
    ({ group }) => {
      const reply = { message_id: 7, allow_sending_without_reply: true };
      return toAnn(group, {}, { reply_parameters: reply });
    },
    NOT_FOUND,
  ],
  [
    'a button to log in',
    `${DOC}, the error is inferred`,
    ({ group }) => {
      const button = { text: 'Log in', login_url: { url: 'https://example.com' } };
      return toAnn(group, {}, { reply_markup: { inline_keyboard: [[button]] } });
    },
    refused(400, 'Bad Request: BUTTON_TYPE_INVALID'),
  ],
  [
    'another reply than to an ephemeral message without a message_id',
    DOC,
    ({ group }) => toAnn(group, {}, { reply_parameters: {} }),
    refused(400, 'Bad Request: can\'t find field "message_id"'),
  ],
];

describe('Ephemeral messages', () => {
  let desk: ReferenceDesk;

  beforeEach(async () => {
    desk = await ReferenceDesk.start();
  });

  afterEach(() => desk.stop());

  /** Sends one to Ann; resolves with what she sees. */
  async function send(params: object = {}, chat = desk.supergroup): Promise<Message> {
    await desk.result(...toAnn(chat, {}, params));
    const [message] = ann(chat).ephemeralMessages.slice(-1);
    if (!message) throw new Error('Ann sees nothing');
    return message;
  }

  const edit = (part: string, message: Message, params: object = {}): ReferenceCall => [
    `editEphemeralMessage${part}`,
    {
      chat_id: message.chat.id,
      receiver_user_id: message.receiver_user?.id,
      ephemeral_message_id: message.ephemeral_message_id,
      ...params,
    },
  ];
  const remove = ({ chat, receiver_user, ephemeral_message_id }: Message): ReferenceCall => [
    'deleteEphemeralMessage',
    { chat_id: chat.id, receiver_user_id: receiver_user?.id, ephemeral_message_id },
  ];

  it.each(REFUSALS)('refuse %s (%s)', async (_fact, _source, arrange, answer) => {
    const [method, params] = await arrange(desk);
    expect(await desk.call(method, params)).toEqual(answer);
  });

  it(`have the message_id 0, an id of their own and a receiver (${DOC})`, async () => {
    expect(await desk.call(...toAnn(desk.supergroup, {}, { reply_markup: KEYBOARD }))).toEqual(
      accepted({
        message_id: 0,
        from: expect.objectContaining({ id: desk.telegram.bot.id, is_bot: true }),
        receiver_user: ann(desk.supergroup).user,
        ephemeral_message_id: 1,
        chat: { id: desk.supergroup.id, title: 'Supergroup', type: 'supergroup' },
        date: START,
        text: 'hi',
        reply_markup: KEYBOARD,
      }),
    );
  });

  it('are in a topic when they say so (td: MessagesManager.cpp, parse_ephemeral_message)', async () => {
    const topic = await desk.createTopic();
    expect(await send({ message_thread_id: topic }, desk.forum)).toMatchObject({
      message_id: 0,
      message_thread_id: topic,
      is_topic_message: true,
    });
    const call = toAnn(desk.forum, {}, { message_thread_id: 777 });
    expect(await desk.call(...call)).toEqual(refused(400, 'Bad Request: message thread not found'));
  });

  it.each([
    ['sendPhoto', { photo: 'https://example.com/a.jpg' }, 'photo'],
    ['sendDocument', { document: 'https://example.com/a.pdf' }, 'document'],
    ['sendVoice', { voice: 'https://example.com/a.ogg' }, 'voice'],
    ['sendLocation', { latitude: 1, longitude: 2 }, 'location'],
    ['sendVenue', { latitude: 1, longitude: 2, title: 't', address: 'a' }, 'venue'],
    ['sendContact', { phone_number: '1', first_name: 'x' }, 'contact'],
  ])(`are sent by %s, too (${DOC})`, async (method, params, field) => {
    const [, call] = toAnn(desk.group);
    expect(await desk.result(method, { ...call, ...params })).toMatchObject({
      message_id: 0,
      [field]: expect.anything(),
    });
    expect(desk.group.messages).toEqual([]);
  });

  it(`are not sent by methods without the parameter, which they ignore (${DOC})`, async () => {
    const [, call] = toAnn(desk.group);
    await desk.result('sendDice', call);
    expect(ann(desk.group).ephemeralMessages).toEqual([]);
    expect(desk.group.messages).toHaveLength(1);
  });

  describe('of a bot that is no administrator', () => {
    beforeEach(() => desk.supergroup.setBotStatus('member'));

    it.each<[number, boolean]>([
      [15_000, true],
      [15_001, false],
    ])(`answer a press for 15 seconds: after %i ms %s (${DOC})`, async (delayMs, isTaken) => {
      const asked = await desk.send(desk.supergroup, { reply_markup: KEYBOARD });
      const { id } = ann(desk.supergroup).press(asked, 'Take');
      desk.clock.advance(delayMs);
      const answer = await desk.call(...toAnn(desk.supergroup, { callback_query_id: id }));
      expect(answer).toMatchObject(isTaken ? SENT : TOO_OLD);
    });

    it('answer a press to nobody else than who pressed (inferred)', async () => {
      const asked = await desk.send(desk.supergroup, { reply_markup: KEYBOARD });
      const { id } = desk.supergroup.agent('Bob').press(asked, 'Take');
      const call = toAnn(desk.supergroup, { callback_query_id: id });
      expect(await desk.call(...call)).toEqual(TOO_OLD);
    });

    it.each<[number, boolean]>([
      [15_000, true],
      [15_001, false],
    ])(`answer a command for 15 seconds: after %i ms %s (${DOC})`, async (delayMs, isTaken) => {
      const commands = [{ command: 'claim', description: 'd', is_ephemeral: true }];
      await desk.result('setMyCommands', { commands });
      const { ephemeral_message_id } = ann(desk.supergroup).command('/claim');
      desk.clock.advance(delayMs);
      const reply = { reply_parameters: { ephemeral_message_id } };
      const answer = await desk.call(...toAnn(desk.supergroup, {}, reply));
      const replied = { reply_to_message: { ephemeral_message_id, text: '/claim' } };
      expect(answer).toMatchObject(
        isTaken ? { body: { result: { message_id: 0, ...replied } } } : NOT_FOUND,
      );
    });
  });

  it('reply to ordinary messages, without the quote (td: create_message_input_reply_to)', async () => {
    const { message_id } = ann(desk.supergroup).write('hello');
    const seen = await send({ reply_parameters: { message_id, quote: 'nothing of it' } });
    expect(seen.reply_to_message).toMatchObject({ message_id, text: 'hello' });
    expect(seen.quote).toBeUndefined();
  });

  it('get a reply for all when it is not ephemeral itself (td: create_message_input_reply_to)', async () => {
    const commands = [{ command: 'claim', description: 'd', is_ephemeral: true }];
    await desk.result('setMyCommands', { commands });
    const { ephemeral_message_id } = ann(desk.supergroup).command('/claim');
    await desk.send(desk.supergroup, { reply_parameters: { ephemeral_message_id } });
    expect(desk.supergroup.messages[0]?.reply_to_message).toBeUndefined();
  });

  it('are shown in the place of the message whose button was pressed', async () => {
    const asked = await desk.send(desk.supergroup, { reply_markup: KEYBOARD });
    await desk.send(desk.supergroup);
    const { id } = ann(desk.supergroup).press(asked, 'Take');
    const replace = { callback_query_id: id, replace_callback_query_message: true };
    await desk.result(...toAnn(desk.supergroup, replace, { text: 'Only Ann' }));
    const texts = (agent: EmulatedAgent) => agent.timeline.map(({ text }) => text);
    expect(texts(ann(desk.supergroup))).toEqual(['Only Ann', 'hi']);
    expect(texts(desk.supergroup.agent('Bob'))).toEqual(['hi', 'hi']);
    const none = toAnn(desk.supergroup, { replace_callback_query_message: true });
    expect(await desk.call(...none)).toEqual(ID_INVALID);
  });

  it('cost as much of the flood limit as any message (not known)', async () => {
    for (let count = 0; count < 20; count++) await desk.result(...toAnn(desk.group));
    expect(await desk.call(...toAnn(desk.group))).toMatchObject({ status: 429 });
  });

  it('are no ordinary messages for methods of these', async () => {
    const { ephemeral_message_id } = await send();
    const chat_id = desk.supergroup.id;
    for (const message_id of [0, ephemeral_message_id]) {
      const call = await desk.call('editMessageText', { chat_id, message_id, text: 'x' });
      expect(call).toEqual(refused(400, 'Bad Request: message to edit not found'));
    }
    expect(await desk.call('deleteMessage', { chat_id, message_id: ephemeral_message_id })).toEqual(
      refused(400, 'Bad Request: message to delete not found'),
    );
  });

  describe('once sent', () => {
    it.each<[part: string, sent: object, params: object, expected: object]>([
      ['Text', {}, { text: '<b>x</b>', parse_mode: 'HTML' }, { text: 'x' }],
      ['ReplyMarkup', {}, { reply_markup: KEYBOARD }, { text: 'hi', reply_markup: KEYBOARD }],
    ])('have their %s edited, which is answered by true', async (part, sent, params, expected) => {
      const message = await send(sent);
      expect(await desk.call(...edit(part, message, params))).toEqual(accepted(true));
      expect(ann(desk.supergroup).ephemeralMessages).toEqual([
        expect.objectContaining({ ...expected, ephemeral_message_id: 1, message_id: 0 }),
      ]);
    });

    it('have caption and media edited', async () => {
      const [, call] = toAnn(desk.supergroup);
      await desk.result('sendPhoto', { ...call, photo: 'https://example.com/a.jpg' });
      const [message] = ann(desk.supergroup).ephemeralMessages;
      if (!message) throw new Error('Ann sees nothing');
      await desk.result(...edit('Caption', message, { caption: 'c' }));
      expect(ann(desk.supergroup).ephemeralMessages[0]?.caption).toBe('c');
      const media = { type: 'document', media: 'https://example.com/a.pdf' };
      await desk.result(...edit('Media', message, { media }));
      expect(ann(desk.supergroup).ephemeralMessages[0]).toMatchObject({ document: {} });
    });

    it('take a file by its id or URL, but no upload (td: MessageQueryManager.cpp)', async () => {
      const message = await send();
      expect(message.ephemeral_message_id).toBe(1);
      const fields = {
        chat_id: message.chat.id,
        receiver_user_id: ann(desk.supergroup).user.id,
        ephemeral_message_id: 1,
        media: '{"type":"photo","media":"attach://a"}',
      };
      expect(
        await desk.upload('editEphemeralMessageMedia', { ...fields, a: new File(['x'], 'a.jpg') }),
      ).toEqual(refused(400, "Bad Request: file upload isn't allowed"));
    });

    it.each<[what: string, part: string, params: object, description: string]>([
      [
        'a text of more than 1,024 characters (telegram-bot-api#881)',
        'Text',
        { text: 'x'.repeat(1_025) },
        'MEDIA_CAPTION_TOO_LONG',
      ],
      [
        'what changes nothing (inferred)',
        'Text',
        { text: 'hi' },
        'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
      ],
      [
        'the caption of a text (inferred)',
        'Caption',
        { caption: 'x' },
        'there is no caption in the message to edit',
      ],
      [
        'the message of somebody else (inferred)',
        'Text',
        { text: 'x', receiver_user_id: 1 },
        'MESSAGE_ID_INVALID',
      ],
      [
        'no receiver (inferred)',
        'Text',
        { text: 'x', receiver_user_id: '' },
        'invalid receiver_user_id specified',
      ],
      ['no message', 'Text', { text: 'x', ephemeral_message_id: 9 }, 'MESSAGE_ID_INVALID'],
    ])('refuse %s', async (_what, part, params, description) => {
      const message = await send();
      expect(await desk.call(...edit(part, message, params))).toEqual(
        refused(400, `Bad Request: ${description}`),
      );
    });

    it('are deleted, and their id is used again', async () => {
      const message = await send();
      expect(await desk.call(...remove(message))).toEqual(accepted(true));
      expect(ann(desk.supergroup).ephemeralMessages).toEqual([]);
      expect(await desk.call(...remove(message))).toEqual(ID_INVALID);
      expect((await send()).ephemeral_message_id).toBe(message.ephemeral_message_id);
    });

    it('expire after a week (td: ttl_period), or when a test says so', async () => {
      const message = await send();
      desk.clock.advance(7 * 24 * 60 * 60 * 1000);
      expect(ann(desk.supergroup).ephemeralMessages).toEqual([]);
      expect(await desk.call(...edit('Text', message, { text: 'x' }))).toEqual(ID_INVALID);
      const next = await send();
      desk.supergroup.expireEphemeralMessages();
      expect(await desk.call(...remove(next))).toEqual(ID_INVALID);
    });
  });
});
