import { deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ScriptedWebhook } from '../../test/support/scripted-webhook.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import type { BotApiCall } from './bot-api-call.js';

interface Reply {
  readonly headers: Record<string, string>;
  readonly body: string | Buffer;
}

const JSON_TYPE = { 'Content-Type': 'application/json' };

describe('WebhookReplyPerformer', () => {
  let telegram: BotApiEmulator;
  let webhook: ScriptedWebhook;
  let desk: EmulatedChat;
  let lines: string[];

  beforeEach(async () => {
    lines = [];
    telegram = await BotApiEmulator.start({
      waitTimeoutMs: 20_000,
      log: (line) => lines.push(line),
    });
    webhook = new ScriptedWebhook();
    const root = await webhook.listen();
    await fetch(`${telegram.apiRoot}/bot${telegram.bot.token}/setWebhook?url=${root}`);
    desk = telegram.createGroup({ title: 'Desk' });
  });

  afterEach(async () => {
    await telegram.stop();
    await webhook.close();
  });

  /** Lets the webhook answer an update; resolves when Telegram has taken the answer. */
  async function answer({ headers, body }: Reply, status = 200): Promise<void> {
    const arrival = webhook.next();
    desk.agent('Ann').write('question');
    (await arrival).response.writeHead(status, headers).end(body);
    if (status === 200) await telegram.idle();
  }

  const replies = (): BotApiCall[] => telegram.calls.filter((call) => call.isWebhookReply);
  const performed = (): Promise<BotApiCall> =>
    telegram.waitForCall((call) => call.isWebhookReply && call.status !== null);

  it.each<[string, (id: number) => Reply]>([
    ['JSON', (id) => jsonReply({ method: 'sendMessage', chat_id: id, text: 'answer' })],
    [
      'JSON of another charset',
      (id) => ({
        headers: { 'Content-Type': 'Application/JSON; charset=utf-8' },
        body: JSON.stringify({ chat_id: String(id), text: 'answer', method: 'SENDMESSAGE' }),
      }),
    ],
    [
      'a form',
      (id) => ({
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: `method=sendMessage&chat_id=${id}&text=answer`,
      }),
    ],
    [
      'gzip',
      (id) => ({
        headers: { ...JSON_TYPE, 'Content-Encoding': 'gzip' },
        body: gzipSync(`{"method":"sendMessage","chat_id":${id},"text":"answer"}`),
      }),
    ],
    [
      'deflate',
      (id) => ({
        headers: { ...JSON_TYPE, 'Content-Encoding': 'deflate' },
        body: deflateSync(`{"method":"sendMessage","chat_id":${id},"text":"answer"}`),
      }),
    ],
  ])('performs the method of an answer in %s', async (_encoding, reply) => {
    await answer(reply(desk.id));
    expect(await desk.waitForMessage(({ text }) => text === 'answer')).toMatchObject({
      from: { id: telegram.bot.id },
    });
  });

  it('performs a method with a file, as a form with files brings it', async () => {
    const bytes = Buffer.from([0, 255, 13, 10, 45, 45]);
    await answer({
      headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
      body: Buffer.concat([
        Buffer.from('--x\r\nContent-Disposition: form-data; name="method"\r\n\r\nsendDocument'),
        Buffer.from(`\r\n--x\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n${desk.id}`),
        Buffer.from(
          '\r\n--x\r\nContent-Disposition: form-data; name="document"; filename="a.bin"\r\n\r\n',
        ),
        bytes,
        Buffer.from('\r\n--x--'),
      ]),
    });
    const { document } = await desk.waitForMessage((message) => message.document !== undefined);
    expect(document).toMatchObject({ file_name: 'a.bin', file_size: bytes.length });
    expect(replies()).toMatchObject([{ method: 'sendDocument', files: { document: 'a.bin' } }]);
  });

  it('writes the call down as one whose result nobody gets', async () => {
    await answer(jsonReply({ method: 'sendMessage', chat_id: desk.id, text: 'answer' }));
    expect(await performed()).toEqual({
      method: 'sendMessage',
      params: { chat_id: desk.id, text: 'answer' },
      files: {},
      contentType: 'application/json',
      botId: telegram.bot.id,
      isWebhookReply: true,
      status: 200,
      response: { ok: true, result: desk.messages.at(-1) },
      problems: [],
      at: expect.any(Number),
    });
  });

  it.each([
    ['fails', { method: 'sendMessage', chat_id: 1, text: 'x' }, 400],
    ['does not exist', { method: 'sendTelepathy' }, 404],
  ])('keeps silent, and tries nothing again, when the method %s', async (_how, reply, status) => {
    await answer(jsonReply(reply));
    expect(await performed()).toMatchObject({ status, response: { ok: false } });
    expect(replies()).toHaveLength(1);
    expect(telegram.deliveries.map((delivery) => delivery.status)).toEqual([200]);
    const info = await fetch(`${telegram.apiRoot}/bot${telegram.bot.token}/getWebhookInfo`);
    expect(await info.json()).not.toHaveProperty('result.last_error_message');
  });

  it('logs a method that it does not know', async () => {
    await answer(jsonReply({ method: 'sendTelepathy' }));
    await performed();
    expect(lines).toEqual([expect.stringContaining('sendTelepathy was answered with 404')]);
  });

  it('says what in the call the Bot API does not know', async () => {
    await answer(jsonReply({ method: 'sendMessage', chat_id: desk.id, txt: 'x' }));
    await performed();
    expect(() => telegram.assertConformant()).toThrow('txt');
  });

  it.each([
    'setWebhook',
    'SETWEBHOOK',
    'deleteWebhook',
    'close',
    'logOut',
    'getMe',
    'getUpdates',
    'getChat',
    'GetAnything',
  ])('refuses %s without a word', async (method) => {
    await answer(jsonReply({ method, url: '', chat_id: desk.id }));
    expect(replies()).toEqual([]);
    expect(lines).toEqual([]);
    expect(telegram.deliveries).toMatchObject([{ status: 200 }]);
    await answer({ headers: {}, body: '' });
    expect(telegram.deliveries).toHaveLength(2);
  });

  it.each<[string, Reply]>([
    ['nothing', { headers: JSON_TYPE, body: '' }],
    ['no method', jsonReply({ chat_id: 1, text: 'x' })],
    ['an empty method', jsonReply({ method: '' })],
    ['another text', { headers: { 'Content-Type': 'text/plain' }, body: 'ok' }],
    ['a method in a type that holds none', { headers: {}, body: '{"method":"sendMessage"}' }],
    ['broken JSON', { headers: JSON_TYPE, body: '{"ok' }],
    [
      'what cannot be unpacked',
      { headers: { ...JSON_TYPE, 'Content-Encoding': 'gzip' }, body: '{"method":"close"}' },
    ],
  ])('takes an answer that holds %s for a mere success', async (_what, reply) => {
    await answer(reply);
    expect(replies()).toEqual([]);
    expect(telegram.deliveries).toMatchObject([{ status: 200 }]);
  });

  it('performs nothing of an answer that is no success', async () => {
    await answer(jsonReply({ method: 'sendMessage', chat_id: desk.id, text: 'answer' }), 500);
    (await webhook.next()).response.end();
    await telegram.idle();
    expect(replies()).toEqual([]);
    expect(desk.messages).toMatchObject([{ text: 'question' }]);
  });
});

function jsonReply(value: object): Reply {
  return { headers: JSON_TYPE, body: JSON.stringify(value) };
}
