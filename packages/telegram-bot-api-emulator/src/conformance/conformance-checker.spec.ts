import { describe, expect, it } from 'vitest';
import { type CheckableCall, ConformanceChecker } from './conformance-checker.js';

const NO_FILES: ReadonlySet<string> = new Set();
const SECRET = 'AAHsecretsecretsecretsecretsecret12';

const checker = new ConformanceChecker();

function checkJson(method: string, params: CheckableCall['params']): string[] {
  return checker.check({ method, params, isJson: true, files: NO_FILES });
}

function checkForm(
  method: string,
  params: Readonly<Record<string, string>>,
  files: readonly string[] = [],
): string[] {
  return checker.check({ method, params, isJson: false, files: new Set(files) });
}

describe('Of methods, the ConformanceChecker', () => {
  it.each(['sendMessage', 'sendmessage', 'SENDMESSAGE'])('knows %s', (method) => {
    expect(checkJson(method, { chat_id: 1, text: 'x' })).toEqual([]);
  });

  it('names them as the Bot API does', () => {
    expect(checkJson('SENDMESSAGE', { chat_id: 1 })).toEqual(['sendMessage: "text" is missing']);
  });

  it.each([
    ['sendMessag', 'sendMessag: no method of the Bot API; did you mean "sendMessage"?'],
    ['send_message', 'send_message: no method of the Bot API; did you mean "sendMessage"?'],
    ['constructor', 'constructor: no method of the Bot API'],
    ['', ': no method of the Bot API'],
  ])('does not know %s', (method, problem) => {
    expect(checkJson(method, { any: 'thing' })).toEqual([problem]);
  });

  it('checks legacy ones as those that replaced them', () => {
    expect(checkJson('kickChatMember', { chat_id: 1, user_id: '2' })).toEqual([
      'kickChatMember: is a legacy method; use banChatMember instead',
      'kickChatMember: "user_id" must be a number but is the string "2"',
    ]);
  });

  it('takes their name as a parameter, too', () => {
    expect(checkJson('sendMessage', { method: 'SendMessage', chat_id: 1, text: 'x' })).toEqual([]);
    expect(checkJson('getMe', { method: 'sendMessage' })).toEqual([
      'getMe: "method" is no parameter of this method',
    ]);
  });
});

describe('Of a JSON body, the ConformanceChecker reports', () => {
  const sent = { chat_id: -100_123, text: 'Hello' };

  it.each<[string, object, string]>([
    ['a misspelled name', { repl_markup: {} }, 'is no parameter of this method; did you mean'],
    ['a name in camel case', { parseMode: 'HTML' }, 'did you mean "parse_mode"?'],
    ['a name from another method', { photo: 'x' }, '"photo" is no parameter of this method'],
    ['an inherited name', { toString: 'x' }, '"toString" is no parameter of this method'],
    ['a string for a number', { message_thread_id: '7' }, 'must be a number but is the string "7"'],
    ['a number for a string', { text: 5 }, '"text" must be a string but is the number 5'],
    ['a string for a boolean', { protect_content: 'true' }, 'must be a boolean but is the string'],
    ['a number for a boolean', { protect_content: 1 }, 'must be a boolean but is the number 1'],
    ['a boolean for a chat', { chat_id: true }, 'must be a number or a string but is the boolean'],
    ['an object for an array', { entities: {} }, '"entities" must be an array but is an object'],
    ['an array for an object', { reply_markup: [] }, '"reply_markup" must be an object but is an'],
    ['a value of no enumeration', { parse_mode: 'XML' }, 'must be one of "Markdown", "MarkdownV2"'],
    ['an empty value', { parse_mode: '' }, '"parse_mode" must be one of'],
    ['null', { parse_mode: null }, '"parse_mode" is null, which Telegram reads as the text "null"'],
    ['broken JSON', { reply_markup: '{"a":' }, 'must be an object but is the string "{\\"a\\":"'],
    ['JSON of another type', { reply_markup: '5' }, 'must be an object but is the string "5"'],
  ])('%s', (_name, params, problem) => {
    const problems = checkJson('sendMessage', { ...sent, ...params });
    expect(problems).toEqual([expect.stringContaining(problem)]);
    expect(problems[0]).toMatch(/^sendMessage: "/);
  });

  it('everything at once, in the order of the parameters, then what is missing', () => {
    expect(checkJson('sendMessage', { chat: 1, text: 5, message_thread_id: '7' })).toEqual([
      'sendMessage: "chat" is no parameter of this method; did you mean "chat_id"?',
      'sendMessage: "text" must be a string but is the number 5',
      'sendMessage: "message_thread_id" must be a number but is the string "7"',
      'sendMessage: "chat_id" is missing',
    ]);
  });

  it.each([
    ['reply_to_message_id', 7, 'reply_parameters'],
    ['allow_sending_without_reply', true, 'reply_parameters'],
    ['disable_web_page_preview', true, 'link_preview_options'],
  ])('the legacy parameter %s', (name, value, replacement) => {
    expect(checkJson('sendMessage', { ...sent, [name]: value })).toEqual([
      `sendMessage: "${name}" is a legacy name; use "${replacement}" instead`,
    ]);
  });

  it('a legacy parameter as unknown where nothing replaced it', () => {
    expect(checkJson('getMe', { thumb: 'x' })).toEqual([
      'getMe: "thumb" is no parameter of this method',
    ]);
  });

  it.each<[string, object, string]>([
    ['icon_color', { icon_color: 5 }, 'must be one of 7322096, 16766590'],
    ['icon_color', { icon_color: '7322096' }, 'but is the string "7322096"'],
  ])('numbers that are none of those for %s', (_name, params, problem) => {
    const problems = checkJson('createForumTopic', { chat_id: 1, name: 'x', ...params });
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });

  it('texts of the query string as texts', () => {
    const params = { chat_id: '1', text: 'x', message_thread_id: '7', protect_content: 'true' };
    const queryNames = new Set(['message_thread_id', 'protect_content']);
    const call = { method: 'sendMessage', params, isJson: true, files: NO_FILES };
    expect(checker.check(call)).toHaveLength(2);
    expect(checker.check({ ...call, queryNames })).toEqual([]);
  });
});

describe('Of texts alone, as in a form, the ConformanceChecker', () => {
  it('reads numbers, booleans, objects and arrays', () => {
    const problems = checkForm('sendMessage', {
      chat_id: '-100123',
      text: '5',
      message_thread_id: '7',
      protect_content: 'true',
      disable_notification: 'false',
      parse_mode: 'html',
      entities: '[{"type":"bold","offset":0,"length":1}]',
      reply_parameters: '{"message_id":7}',
      reply_markup: '{"force_reply":true}',
    });
    expect(problems).toEqual([]);
  });

  it.each([
    ['message_thread_id', 'General', 'must be a number but is the string "General"'],
    ['message_thread_id', '', 'must be a number but is the string ""'],
    ['message_thread_id', '0x7', 'must be a number but is the string "0x7"'],
    ['protect_content', '1', 'must be a boolean but is the string "1"'],
    ['protect_content', 'undefined', 'must be a boolean but is the string "undefined"'],
    ['reply_markup', '[object Object]', 'must be an object but is the string "[object Object]"'],
    ['entities', '{"type":"bold"}', 'must be an array but is the string "{'],
    [
      'parse_mode',
      'null',
      'must be one of "Markdown", "MarkdownV2", "HTML" but is the string "null"',
    ],
  ])('reports for %s %j', (name, text, problem) => {
    expect(checkForm('sendMessage', { chat_id: '1', text: 'x', [name]: text })).toEqual([
      expect.stringContaining(`sendMessage: "${name}" ${problem}`),
    ]);
  });

  it('holds what JSON holds to the types that JSON has', () => {
    const reply_parameters = '{"message_id":"7","allow_sending_without_reply":"true"}';
    expect(checkForm('sendMessage', { chat_id: '1', text: 'x', reply_parameters })).toEqual([
      'sendMessage: "reply_parameters.message_id" must be a number but is the string "7"',
      'sendMessage: "reply_parameters.allow_sending_without_reply" must be a boolean but is the string "true"',
    ]);
  });
});

describe('Of files, the ConformanceChecker', () => {
  const album = JSON.stringify([
    { type: 'photo', media: 'attach://one' },
    { type: 'video', media: 'https://example.com/two.mp4', thumbnail: 'attach://two' },
  ]);

  it.each<[string, string, Record<string, string>, string[]]>([
    ['a part named as its parameter', 'sendPhoto', { chat_id: '1' }, ['photo']],
    ['an attached part', 'sendPhoto', { chat_id: '1', photo: 'attach://a b"c' }, ['a b"c']],
    [
      'an attached part named as its parameter',
      'sendPhoto',
      { chat_id: '1', photo: 'attach://photo' },
      ['photo'],
    ],
    ['a file id', 'sendPhoto', { chat_id: '1', photo: 'AgACAgIAAxkBAAI' }, []],
    ['a URL', 'sendPhoto', { chat_id: '1', photo: 'https://example.com/photo.jpg' }, []],
    ['an uploaded certificate', 'setWebhook', { url: 'https://example.com' }, ['certificate']],
    ['parts that JSON attaches', 'sendMediaGroup', { chat_id: '1', media: album }, ['one', 'two']],
  ])('takes %s', (_name, method, params, files) => {
    expect(checkForm(method, params, files)).toEqual([]);
  });

  it.each<[string, string, Record<string, string>, string[], string[]]>([
    [
      'an attachment that is not there',
      'sendPhoto',
      { photo: 'attach://photo1' },
      [],
      ['"photo" is attached as the file "photo1", which the call does not have'],
    ],
    [
      'an attachment in JSON that is not there',
      'sendMediaGroup',
      { media: album },
      ['one'],
      ['"media[1].thumbnail" is attached as the file "two", which the call does not have'],
    ],
    [
      'a part that nothing attaches',
      'sendPhoto',
      { photo: 'AgACAgIAAxkBAAI' },
      ['photos'],
      [
        'the file "photos" is no parameter of this method, nor attached to one; did you mean "photo"?',
      ],
    ],
    [
      'a legacy part',
      'sendAudio',
      { audio: 'AgACAgIAAxkBAAI' },
      ['thumb'],
      ['the file "thumb" is a legacy name; use "thumbnail" instead'],
    ],
    [
      'a part for what is no file',
      'sendPhoto',
      { photo: 'AgACAgIAAxkBAAI' },
      ['caption'],
      ['"caption" must be a string but is a file'],
    ],
    [
      'a part that lacks the name of its parameter',
      'sendPhoto',
      {},
      ['file0'],
      [
        'the file "file0" is no parameter of this method, nor attached to one',
        '"photo" is missing',
      ],
    ],
    [
      'a text for what must be uploaded',
      'sendAudio',
      { audio: 'AgACAgIAAxkBAAI', thumbnail: 'https://example.com/thumbnail.jpg' },
      [],
      [
        '"thumbnail" must be an uploaded file but is the string "https://example.com/thumbnail.jpg"',
      ],
    ],
  ])('reports %s', (_name, method, params, files, problems) => {
    expect(checkForm(method, { chat_id: '1', ...params }, files)).toEqual(
      problems.map((problem) => `${method}: ${problem}`),
    );
  });

  it('reports a number', () => {
    expect(checkJson('sendPhoto', { chat_id: 1, photo: 5 })).toEqual([
      'sendPhoto: "photo" must be a file but is the number 5',
    ]);
  });
});

describe('What the ConformanceChecker reports', () => {
  const token = `7000000001:${SECRET}`;

  it.each<[string, object]>([
    ['a name', { [token]: 1 }],
    ['a value', { parse_mode: token }],
    ['a URL', { protect_content: `https://api.telegram.org/bot${token}/getMe` }],
    ['a nested name', { reply_parameters: { message_id: 1, [token]: 1 } }],
    ['a nested value', { reply_parameters: { message_id: token } }],
  ])('has no token, be it in %s', (_name, params) => {
    const problems = checkJson('sendMessage', { chat_id: 1, text: 'x', ...params });
    expect(problems).toHaveLength(1);
    expect(problems[0]).not.toContain(SECRET);
    expect(problems[0]).toContain('<token>');
  });

  it('has no token that is a method or a file', () => {
    expect(checkJson(token, {})).toEqual(['<token>: no method of the Bot API']);
    expect(checkForm('getMe', {}, [token])[0]).toContain('"<token>"');
  });

  it('is short, however long names and values are', () => {
    const long = 'x'.repeat(10_000);
    const params = { chat_id: 1, text: 'x', parse_mode: long, [long]: long };
    const problems = checkJson('sendMessage', params);
    expect(problems).toHaveLength(2);
    expect(Math.max(...problems.map(({ length }) => length))).toBeLessThan(200);
  });
});
