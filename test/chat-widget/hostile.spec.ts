import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TelegramArgumentError } from '../../src/index.js';
import { adapterNames } from '../support/http-adapters.js';
import type { ChatClient } from './chat-client.js';
import { byHeader, ChatDesk } from './chat-desk.js';

const SCRIPT = '<img src=x onerror=alert(1)><script>alert(1)</script>';
const INVISIBLE =
  '00AD 034F 061C 115F 180E 200B 200C 200D 200E 202E 2060 2066 2800 3164 FE0F FEFF FFA0 FFF9 E0041'.split(
    ' ',
  );
const json = (value: unknown): string => JSON.stringify(value);

describe.each(adapterNames)('A hostile client of the chat on %s', (adapter) => {
  let chat: ChatDesk;
  let ann: ChatClient;
  let threadId: string;
  beforeAll(async () => {
    chat = await ChatDesk.start({
      adapter,
      options: { rateLimit: { messages: 999, windowMs: 1_000 } },
      support: {
        customer: byHeader,
        rateLimit: { messages: 9_999, windowMs: 60_000 },
      },
    });
    ann = chat.customer('ann');
    threadId = (await ann.start('Hello')).body.thread.id;
  });
  afterAll(() => chat.stop());

  it.each<[string, string | undefined]>([
    ['nothing', undefined],
    ['no JSON', '{"clientId":'],
    ['a list', '[]'],
    ['a text', '"x"'],
    ['null', 'null'],
    ['a number', '7'],
    ['no client id', json({ text: 'x' })],
    ['a client id of words', json({ clientId: 'a b', text: 'x' })],
    ['a client id that is an object', json({ clientId: { a: 1 }, text: 'x' })],
    ['a client id of a path', json({ clientId: '../../x', text: 'x' })],
    ['a long client id', json({ clientId: 'x'.repeat(65), text: 'x' })],
    ['no text', json({ clientId: 'a1' })],
    ['a blank text', json({ clientId: 'a2', text: ' \n\t ' })],
    ['a text of controls', json({ clientId: 'a3', text: '\u0000\u0001' })],
    ...INVISIBLE.map((code): [string, string] => [
      `an invisible text: U+${code}`,
      json({ clientId: `i${code}`, text: ` ${String.fromCodePoint(Number.parseInt(code, 16))}\n` }),
    ]),
    ['a number for a text', json({ clientId: 'a4', text: 7 })],
    ['a list for a text', json({ clientId: 'a5', text: ['x'] })],
    ['text by inheritance', '{"clientId":"a6","__proto__":{"text":"x"}}'],
    ['text by a constructor', '{"clientId":"a7","constructor":{"prototype":{"text":"x"}}}'],
    ['attachments that are no list', json({ clientId: 'a8', text: 'x', attachments: 'x' })],
    ['attachments of paths', json({ clientId: 'a9', attachments: ['../x'] })],
    ['too many attachments', json({ clientId: 'b1', attachments: Array(99).fill('x') })],
    ['an upload twice', json({ clientId: 'b6', text: 'x', attachments: ['u1', 'u1'] })],
    ['a long text', json({ clientId: 'b2', text: 'x'.repeat(4_001) })],
    ['a long page', json({ clientId: 'b3', text: 'x', pageUrl: 'x'.repeat(3_000) })],
    ['an answer to a query', json({ clientId: 'b4', text: 'x', replyTo: 'x OR 1=1' })],
    ['1 MB', json({ clientId: 'b5', text: 'x'.repeat(1_000_000) })],
    ['deep nesting', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
  ])('gets a 4xx for a message with %s', async (_name, body) => {
    for (const path of ['threads', `threads/${threadId}/messages`]) {
      const { status, text } = await ann.call('POST', path, body);
      expect([400, 413]).toContain(status);
      expect(text).not.toContain('node_modules');
    }
    expect(await ann.messagesOf(threadId)).toHaveLength(1);
  });

  it.each<[method: string, path: string, body?: string]>([
    ['GET', 'messages?after=-1'],
    ['GET', 'messages?after=1e9'],
    ['GET', 'messages?after=9999999999999999999'],
    ['GET', 'messages?after=NaN'],
    ['GET', 'messages?after='],
    ['GET', 'messages?before=0x10'],
    ['GET', 'messages?after=1&before=2'],
    ['GET', 'messages?limit=201'],
    ['GET', 'messages?limit=-5'],
    ['POST', 'read', json({ upTo: -1 })],
    ['POST', 'read', json({ upTo: 1.5 })],
    ['POST', 'read', json({ upTo: '1' })],
    ['POST', 'read', '{"upTo":1e999}'],
    ['POST', 'read', json({})],
    ['POST', 'rating', json({ stars: 0 })],
    ['POST', 'rating', json({ stars: 6 })],
    ['POST', 'rating', json({ stars: 4.5 })],
    ['POST', 'rating', json({ stars: 5, comment: 'x'.repeat(1_001) })],
    ['PATCH', 'messages/c:x', json({ text: '' })],
    ['PUT', 'messages/c:x/reaction', json({})],
    ['PUT', 'messages/c:x/reaction', json({ emoji: 'lol' })],
    ['PUT', 'messages/c:x/reaction', json({ emoji: '\u200d' })],
    ['PUT', 'messages/c:x/reaction', json({ emoji: '\ufe0f\ufe0f' })],
    ['PUT', 'messages/c:x/reaction', json({ emoji: '\u20e3' })],
    ['PUT', 'messages/c:x/reaction', json({ emoji: '\u{1f1e6}' })],
    ['PUT', 'messages/c:x/reaction', json({ emoji: '\u{e0067}\u{e007f}' })],
    ['PATCH', 'messages/c:x', json({ text: '\u2060' })],
    ['PUT', 'messages/c:x/reaction', json({ emoji: '<b>' })],
    ['PUT', 'messages/c:x/reaction', json({ emoji: '🙏'.repeat(40) })],
  ])('gets a 4xx for %s %s %s', async (method, path, body) => {
    const { status } = await ann.call(method, `threads/${threadId}/${path}`, body);
    expect([400, 413]).toContain(status);
  });

  it.each(['🙏', '❤️', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🇫🇷', '7️⃣', '👩🏽‍🚀'])('may react with %s', async (emoji) => {
    const path = `threads/${threadId}/messages`;
    const [own] = await ann.messagesOf(threadId);
    const { status } = await ann.call('PUT', `${path}/${own?.id}/reaction`, { emoji });
    expect(status).toBe(200);
  });

  it('marks no more as read than there is', async () => {
    const body = { upTo: Number.MAX_SAFE_INTEGER };
    const { body: read } = await ann.call('POST', `threads/${threadId}/read`, body);
    expect(read.thread.readByCustomer).toBeLessThanOrEqual(read.thread.cursor);
  });

  it('has its texts as they are, and in Telegram as text', async () => {
    const client = chat.browser();
    client.headers = { 'x-customer': SCRIPT };
    const opened = await client.start(SCRIPT, {
      subject: SCRIPT,
      pageUrl: 'javascript:alert(1)',
    });
    expect(opened.status).toBe(201);
    expect(opened.headers.get('content-type')).toMatch(/^application\/json/);
    expect(opened.headers.get('x-content-type-options')).toBe('nosniff');
    expect(opened.body.message).toMatchObject({ text: SCRIPT });
    expect(opened.body.message).not.toHaveProperty('html');
    expect(opened.text).not.toContain('javascript:');
    const notice = await chat.notice('alert(1)');
    expect(notice.text).toContain('<script>');
    expect(notice.entities?.some(({ type }) => type === 'bot_command')).toBe(false);
  });

  it.each([
    ['a lone surrogate', '{"clientId":"s1","text":"a\\ud800b"}', 'a\ufffdb'],
    ['NUL', '{"clientId":"s2","text":"a\\u0000b"}', 'ab'],
    ['marks of direction', '{"clientId":"s3","text":"a\\u200fb"}', 'a\u200fb'],
    ['a carriage return', '{"clientId":"s4","text":"a\\r\\nb"}', 'a\nb'],
  ])('has %s cleaned', async (_name, body, text) => {
    const { status, body: answer } = await ann.call('POST', `threads/${threadId}/messages`, body);
    expect([status, answer.message.text]).toEqual([201, text]);
  });

  it('gets no 5xx for bytes that are no UTF-8', async () => {
    const head = Buffer.from('{"clientId":"u1","text":"');
    const body = new Uint8Array(
      Buffer.concat([head, Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
    );
    const headers = { 'Content-Type': 'application/json' };
    const { status } = await ann.send('POST', 'threads', body, headers);
    expect([201, 400]).toContain(status);
  });

  it.each(['%', '%00', '%2e%2e%2f', 'chat_%ff', 'x'.repeat(2_000), 'chat_', '__proto__'])(
    'finds nothing for the thread %s',
    async (id) => {
      const { status } = await ann.call('GET', `threads/${id}`);
      expect([400, 404, 414]).toContain(status);
    },
  );

  it('is refused for good when a message cannot be sent to agents', async () => {
    const { telegram } = chat.desk;
    const notify = telegram.notifyUserMessage.bind(telegram);
    telegram.notifyUserMessage = () =>
      Promise.reject(new TelegramArgumentError('notifyUserMessage', ['text'], ['text is odd']));
    const message = { clientId: 'odd', text: 'Odd' };
    const answer = await ann.call('POST', `threads/${threadId}/messages`, message);
    telegram.notifyUserMessage = notify;
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid']);
    expect(answer.headers.get('retry-after')).toBeNull();
  });

  it('has caused no error of the app', () => {
    expect(chat.desk.log.with('error', 'A request failed')).toEqual([]);
  });

  it('changes no prototype', async () => {
    const body = '{"clientId":"p1","text":"x","__proto__":{"polluted":1},"subject":"y"}';
    await ann.call('POST', 'threads', body);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});
