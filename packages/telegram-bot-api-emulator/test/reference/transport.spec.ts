import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  accepted,
  type ReferenceAnswer,
  ReferenceDesk,
  type ReferenceRow,
  refused,
} from '../support/reference-desk.js';

/*
 * Facts about the Bot API's own server: transport, parameters and the envelope.
 * Sources are files of tdlib/telegram-bot-api; those that begin with "td" are of tdlib/td.
 */

const JSON_TYPE = 'application/json';
const EMPTY_TEXT = refused(400, 'Bad Request: message text is empty');

const sent = (text: string): object => ({ status: 200, body: { result: { text } } });

const DESCRIPTIONS: ReferenceRow[] = [
  [
    'a sentence of td loses its capital letter',
    'Client.cpp:71-205',
    ({ group }) => ['sendMessage', { chat_id: group.id, text: 'x'.repeat(4097) }],
    refused(400, 'Bad Request: message is too long'),
  ],
  [
    'an identifier, whose second character is a capital letter, stays as it is',
    'Client.cpp:71-205',
    async (desk) => {
      const topic = await desk.createTopic();
      await desk.result('closeForumTopic', { chat_id: desk.forum.id, message_thread_id: topic });
      return ['closeForumTopic', { chat_id: desk.forum.id, message_thread_id: topic }];
    },
    refused(400, 'Bad Request: TOPIC_NOT_MODIFIED'),
  ],
  [
    'MESSAGE_NOT_MODIFIED is rewritten',
    'Client.cpp:71-205',
    async (desk) => {
      const message_id = await desk.send(desk.group);
      return ['editMessageText', { chat_id: desk.group.id, message_id, text: 'hi' }];
    },
    refused(
      400,
      'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    ),
  ],
  [
    'USER_IS_BLOCKED becomes a 403',
    'Client.cpp:71-205',
    ({ person }) => {
      person.setBotStatus('kicked');
      return ['sendMessage', { chat_id: person.id, text: 'hi' }];
    },
    refused(403, 'Forbidden: bot was blocked by the user'),
  ],
  [
    'INPUT_USER_DEACTIVATED becomes a 403',
    'Client.cpp:71-205',
    ({ person }) => {
      person.destroy();
      return ['sendMessage', { chat_id: person.id, text: 'hi' }];
    },
    refused(403, 'Forbidden: user is deactivated'),
  ],
  [
    'REPLY_MARKUP_TOO_LONG is rewritten',
    'Client.cpp:71-205',
    ({ group }) => {
      const row = Array.from({ length: 101 }, () => ({ text: 'x', callback_data: 'x' }));
      const markup = { inline_keyboard: [row] };
      return ['sendMessage', { chat_id: group.id, text: 'hi', reply_markup: markup }];
    },
    refused(400, 'Bad Request: reply markup is too long'),
  ],
  [
    'QUERY_ID_INVALID is rewritten',
    'Client.cpp:71-205',
    () => ['answerCallbackQuery', { callback_query_id: '1' }],
    refused(
      400,
      'Bad Request: query is too old and response timeout expired or query ID is invalid',
    ),
  ],
  [
    'MESSAGE_DELETE_FORBIDDEN is rewritten',
    'Client.cpp:71-205',
    ({ supergroup }) => {
      supergroup.setBotRights({ can_delete_messages: false });
      const { message_id } = supergroup.agent('Bob').write('hi');
      return ['deleteMessage', { chat_id: supergroup.id, message_id }];
    },
    refused(400, "Bad Request: message can't be deleted"),
  ],
];

const NULLS: ReferenceRow[] = [
  [
    'null is the text "null", which is no parse mode',
    'td HttpReader.cpp:681-699',
    ({ group }) => ['sendMessage', { chat_id: group.id, text: 'hi', parse_mode: null }],
    refused(400, 'Bad Request: unsupported parse_mode'),
  ],
  [
    'null is no reply markup',
    'td HttpReader.cpp:681-699',
    ({ group }) => ['sendMessage', { chat_id: group.id, text: 'hi', reply_markup: null }],
    refused(400, 'Bad Request: object expected as reply markup'),
  ],
  [
    'a null inside is of the wrong type: a number is wanted',
    'td JsonBuilder.cpp:600-737',
    ({ group }) => [
      'sendMessage',
      { chat_id: group.id, text: 'hi', reply_parameters: { message_id: null } },
    ],
    refused(400, 'Bad Request: field "message_id" must be of type Number'),
  ],
  [
    'a null inside is of the wrong type: a text is wanted',
    'td JsonBuilder.cpp:600-737',
    ({ group }) => [
      'sendMessage',
      { chat_id: group.id, text: 'hi', link_preview_options: { url: null } },
    ],
    refused(400, 'Bad Request: field "url" must be of type String'),
  ],
  [
    'a null inside is of the wrong type: a yes or no is wanted',
    'td JsonBuilder.cpp:600-737',
    ({ group }) => [
      'sendMessage',
      { chat_id: group.id, text: 'hi', link_preview_options: { is_disabled: null } },
    ],
    refused(400, 'Bad Request: field "is_disabled" must be of type Boolean'),
  ],
];

describe('Transport', () => {
  let desk: ReferenceDesk;

  beforeEach(async () => {
    desk = await ReferenceDesk.start();
  });

  afterEach(() => desk.stop());

  async function sizeAnswer(url: string, init: RequestInit): Promise<[number, string]> {
    const response = await fetch(desk.url(url), { method: 'POST', ...init });
    return [response.status, await response.text()];
  }

  describe('envelope', () => {
    it('writes success as {"ok":true,"result":…} (Query.h:196-212)', async () => {
      const response = await fetch(
        desk.url(`sendChatAction?chat_id=${desk.group.id}&action=typing`),
      );
      expect(await response.text()).toBe('{"ok":true,"result":true}');
    });

    it('describes success of setWebhook and deleteWebhook alone (Query.h:196-212)', async () => {
      const url = 'https://desk.example/hook';
      expect(await desk.call('setWebhook', { url })).toEqual(accepted(true, 'Webhook was set'));
      expect(await desk.call('deleteWebhook')).toEqual(accepted(true, 'Webhook was deleted'));
      const me = await desk.call('getMe');
      expect(me.body).not.toHaveProperty('description');
    });

    it('writes an error with its code, which is the HTTP status (Query.h:214-235)', async () => {
      const response = await fetch(desk.url('sendMessage'));
      expect(response.status).toBe(400);
      expect(response.headers.has('retry-after')).toBe(false);
      expect(await response.text()).toBe(
        '{"ok":false,"error_code":400,"description":"Bad Request: message text is empty"}',
      );
    });

    it('says 429 also in a header (Query.cpp:105-112, HttpConnection.cpp:66-77)', async () => {
      desk.group.flood(7);
      const response = await fetch(desk.url(`sendMessage?chat_id=${desk.group.id}&text=hi`));
      expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7']);
      expect(await response.text()).toBe(
        '{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}',
      );
    });

    it('says where a group has gone in the parameters (Query.h:214-235)', async () => {
      const { id } = desk.group.upgrade();
      expect(await desk.call('sendMessage', { chat_id: desk.group.id, text: 'hi' })).toEqual(
        refused(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
          migrate_to_chat_id: id,
        }),
      );
    });
  });

  it.each(DESCRIPTIONS)('%s (%s)', async (_fact, _source, arrange, answer) => {
    const [method, params] = await arrange(desk);
    expect(await desk.call(method, params)).toEqual(answer);
  });

  describe('addresses', () => {
    const wrong = `1:${'a'.repeat(10)}`;

    it.each<[path: string, fact: string, answer: ReferenceAnswer]>([
      ['/', 'is no call', refused(404, 'Not Found')],
      [`/${wrong}/getMe`, 'is no call without "bot"', refused(404, 'Not Found')],
      [`/bot${wrong}`, 'is no call without a slash', refused(404, 'Not Found')],
      ['/botabc/getMe', 'has no colon', refused(401, 'Unauthorized: invalid token specified')],
      ['/bot0:a/getMe', 'begins with 0', refused(401, 'Unauthorized: invalid token specified')],
      ['/botx:a/getMe', 'has a bad id', refused(401, 'Unauthorized: invalid token specified')],
      [
        `/bot1:${'a'.repeat(79)}/getMe`,
        'has more than 80 characters',
        refused(401, 'Unauthorized: invalid token specified'),
      ],
      [`/bot1:${'a'.repeat(78)}/getMe`, 'has 80 characters', refused(401, 'Unauthorized')],
      [`/bot${wrong}/getMe`, 'has a wrong secret', refused(401, 'Unauthorized')],
    ])('%s %s (HttpConnection.cpp:26-46, ClientManager.cpp:73-85)', async (path, _fact, answer) => {
      const response = await fetch(desk.telegram.apiRoot + path);
      expect({ status: response.status, body: await response.json() }).toEqual(answer);
    });

    it('refuses a token that was revoked (Client.cpp:16291)', async () => {
      const old = desk.url('getMe');
      desk.telegram.bot.revokeToken();
      const response = await fetch(old);
      expect({ status: response.status, body: await response.json() }).toEqual(
        refused(401, 'Unauthorized'),
      );
      expect(await desk.call('getMe')).toMatchObject({ status: 200 });
    });

    it('looks at the token before the method (ClientManager.cpp:73-85)', async () => {
      const response = await fetch(`${desk.telegram.apiRoot}/bot${wrong}/sendTelepathy`);
      expect(await response.json()).toEqual(refused(401, 'Unauthorized').body);
    });

    it.each(['getme', 'GETME', 'gEtMe'])('takes %s for getMe (Query.cpp:44)', async (method) => {
      expect(await desk.request(method)).toMatchObject({ body: { result: { is_bot: true } } });
    });

    it('takes the method from the parameters where the path names none (Query.cpp:44)', async () => {
      expect(await desk.call('', { method: 'GETME' })).toMatchObject({
        body: { result: { is_bot: true } },
      });
    });

    it('knows no other methods (Client.cpp:12664)', async () => {
      expect(await desk.call('sendTelepathy')).toEqual(refused(404, 'Not Found: method not found'));
    });
  });

  describe('parameters', () => {
    it('has case-sensitive names (Query.cpp)', async () => {
      expect(await desk.call('sendMessage', { Text: 'hi', chat_id: desk.group.id })).toEqual(
        EMPTY_TEXT,
      );
    });

    it('takes the first of several, and those of the URL before the body (Query.cpp)', async () => {
      const { id } = desk.group;
      const twice = `{"chat_id":${id},"text":"one","text":"two"}`;
      expect(await desk.post('sendMessage', JSON_TYPE, twice)).toMatchObject(sent('one'));
      expect(await desk.post('sendMessage?text=zero', JSON_TYPE, twice)).toMatchObject(
        sent('zero'),
      );
      expect(await desk.request(`sendMessage?chat_id=${id}&text=a&text=b`)).toMatchObject(
        sent('a'),
      );
    });

    it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'])(
      'answers %s with 501 and no body (td HttpReader.cpp:88-158)',
      async (method) => {
        const response = await fetch(desk.url('getMe'), { method });
        expect([response.status, await response.text()]).toEqual([501, '']);
      },
    );

    it('takes GET, and bodies of three types (td HttpReader.cpp:88-158)', async () => {
      const fields = { chat_id: String(desk.group.id), text: 'hi' };
      const form = new URLSearchParams(fields);
      const answers = [
        await desk.request(`sendMessage?${form.toString()}`),
        await desk.post('sendMessage', 'application/x-www-form-urlencoded', form.toString()),
        await desk.call('sendMessage', fields),
        await desk.upload('sendMessage', fields),
      ];
      expect(answers).toMatchObject(Array.from({ length: 4 }, () => sent('hi')));
    });

    it('merges query and body (td HttpReader.cpp:88-158)', async () => {
      const { id } = desk.group;
      expect(await desk.post(`sendMessage?chat_id=${id}`, JSON_TYPE, '{"text":"b"}')).toMatchObject(
        sent('b'),
      );
    });

    it('keeps what came before broken JSON (td HttpReader.cpp:218-226)', async () => {
      const { id } = desk.group;
      const broken = `{"chat_id":${id},"parse_mode":"HTML",text:"hi"}`;
      expect(await desk.post('sendMessage', JSON_TYPE, broken)).toEqual(EMPTY_TEXT);
      const cut = `{"chat_id":${id},"text":"hi","parse_mode":"HT`;
      expect(await desk.post('sendMessage', JSON_TYPE, cut)).toMatchObject(sent('hi'));
    });

    it.each(NULLS)('%s (%s)', async (_fact, _source, arrange, answer) => {
      const [method, params] = await arrange(desk);
      expect(await desk.call(method, params)).toEqual(answer);
    });

    it('sends the text "null" for null (td HttpReader.cpp:681-699)', async () => {
      expect(await desk.call('sendMessage', { chat_id: desk.group.id, text: null })).toMatchObject(
        sent('null'),
      );
    });

    it('takes objects also as JSON in a text, and numbers as texts (Client.cpp)', async () => {
      const replied = await desk.send(desk.group);
      const reply = JSON.stringify({ message_id: String(replied) });
      const params = { chat_id: String(desk.group.id), text: 5, reply_parameters: reply };
      expect(await desk.result('sendMessage', params)).toMatchObject({
        text: '5',
        reply_to_message: { message_id: replied },
      });
    });

    it.each([
      ['true', true],
      ['TRUE', true],
      ['yes', true],
      ['1', true],
      [true, true],
      [1, true],
      ['2', false],
      ['on', false],
      ['', false],
    ])('takes %j for %j (Client.cpp:9357)', async (value, isProtected) => {
      const params = { chat_id: desk.group.id, text: 'hi', protect_content: value };
      await desk.result('sendMessage', params);
      expect(desk.group.messages[0]?.has_protected_content ?? false).toBe(isProtected);
    });

    it.each([
      [0, 1],
      [-7, 1],
      [101, 100],
      ['99999999999', 100],
      ['12abc', 12],
    ])('clamps the number %j to %i (Client.cpp:12360)', async (value, connections) => {
      const url = 'https://desk.example/hook';
      await desk.result('setWebhook', { url, max_connections: value });
      expect(await desk.result('getWebhookInfo')).toMatchObject({ max_connections: connections });
    });

    it.each([-1, 'garbage', ''])('takes message id %j for 0 (Client.cpp:12360)', async (value) => {
      const params = { chat_id: desk.group.id, message_id: value };
      expect(await desk.call('deleteMessage', params)).toEqual(
        refused(400, 'Bad Request: message identifier is not specified'),
      );
    });
  });

  describe('sizes', () => {
    const MIB = 1 << 20;

    it('answers parameters of more than 1 MiB with an empty 413 (td HttpConnectionBase.cpp:130-145)', async () => {
      const headers = { 'Content-Type': JSON_TYPE };
      const body = `{"text":"","x":"${'x'.repeat(MIB - 18)}"}`;
      expect(await sizeAnswer('sendMessage', { headers, body })).toEqual([
        400,
        JSON.stringify(EMPTY_TEXT.body),
      ]);
      expect(await sizeAnswer('sendMessage', { headers, body: `${body} ` })).toEqual([413, '']);
    });

    it('counts the URL and texts of a form in (td HttpReader.cpp)', async () => {
      const headers = { 'Content-Type': JSON_TYPE };
      const half = 'x'.repeat(100_000);
      const body = `{"x":"${'x'.repeat(MIB - 50_000)}"}`;
      expect(await sizeAnswer(`sendMessage?y=${half}`, { headers, body })).toEqual([413, '']);
      const form = new FormData();
      form.append('x', 'x'.repeat(MIB + 1));
      expect(await sizeAnswer('sendMessage', { body: form })).toEqual([413, '']);
    });

    it('answers headers of more than 256 KiB with an empty 431 (td HttpConnectionBase.cpp:130-145)', async () => {
      const headers = { 'X-Big': 'x'.repeat(263_000) };
      expect(await sizeAnswer('getMe', { headers })).toEqual([431, '']);
    });

    it('answers uploads of more than 50 MB with a described 413 (telegraf#222, #913)', async () => {
      const body = new FormData();
      body.append('document', new File([new Uint8Array(50_000_001)], 'big.bin'));
      expect(await sizeAnswer('sendDocument', { body })).toEqual([
        413,
        '{"ok":false,"error_code":413,"description":"Request Entity Too Large"}',
      ]);
    });
  });

  describe('repetition', () => {
    it('has no key that makes a send happen once (telegram-bot-api#482, #126)', async () => {
      const params = { chat_id: desk.group.id, text: 'hi', random_id: 5 };
      await desk.result('sendMessage', params);
      await desk.result('sendMessage', params);
      expect(desk.group.messages.map(({ text }) => text)).toEqual(['hi', 'hi']);
    });

    it('may have delivered what the client thinks is lost (telegram-bot-api#482)', async () => {
      desk.telegram.failNext('sendMessage', { kind: 'cut', perform: true });
      await expect(desk.send(desk.group)).rejects.toThrow('fetch failed');
      expect(desk.group.messages).toHaveLength(1);
    });
  });
});
