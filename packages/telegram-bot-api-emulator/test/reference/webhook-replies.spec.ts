import { deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ReferenceDesk } from '../support/reference-desk.js';
import { ReferenceWebhook } from '../support/reference-webhook.js';

/*
 * Facts about the Bot API's own server: the method in the answer of a webhook.
 * Sources are lines of WebhookActor.cpp of tdlib/telegram-bot-api.
 */

const JSON_TYPE = { 'Content-Type': 'application/json' };
const MULTIPART = { 'Content-Type': 'multipart/form-data; boundary=xyz' };

/** An answer, made of the chat that the update was about. */
type Reply = (chatId: number) => {
  readonly headers: Record<string, string>;
  readonly body: string | Buffer;
};

const jsonOf = (method: string, params: object): string => JSON.stringify({ method, ...params });

const partOf = (name: string, value: string, more = ''): string =>
  `--xyz\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;

describe('Methods in the answer of a webhook', () => {
  let desk: ReferenceDesk;
  let webhook: ReferenceWebhook;

  beforeEach(async () => {
    desk = await ReferenceDesk.start();
    webhook = await ReferenceWebhook.start(desk);
    await webhook.set();
  });

  afterEach(async () => {
    await desk.stop();
    await webhook.stop();
  });

  /** Lets a person write to the group, and the webhook answer so. */
  async function answerWith(reply: Reply, status = 200): Promise<void> {
    webhook.respond = (response) => {
      const { headers, body } = reply(desk.group.id);
      response.writeHead(webhook.received.length === 1 ? status : 200, headers);
      response.end(webhook.received.length === 1 ? body : undefined);
    };
    desk.group.agent('Bob').write('hi');
    await desk.telegram.idle();
  }

  it.each<[form: string, reply: Reply]>([
    [
      'JSON',
      (chat_id) => ({ headers: JSON_TYPE, body: jsonOf('sendMessage', { chat_id, text: 'yes' }) }),
    ],
    [
      'a form',
      (chatId) => ({
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: `method=sendMessage&chat_id=${chatId}&text=yes`,
      }),
    ],
    [
      'a multipart form',
      (chatId) => ({
        headers: MULTIPART,
        body:
          partOf('method', 'SENDMESSAGE') +
          partOf('chat_id', String(chatId)) +
          `${partOf('text', 'yes')}--xyz--\r\n`,
      }),
    ],
    [
      'gzip',
      (chat_id) => ({
        headers: { ...JSON_TYPE, 'Content-Encoding': 'gzip' },
        body: gzipSync(jsonOf('sendMessage', { chat_id, text: 'yes' })),
      }),
    ],
    [
      'deflate',
      (chat_id) => ({
        headers: { ...JSON_TYPE, 'Content-Encoding': 'deflate' },
        body: deflateSync(jsonOf('sendMessage', { chat_id, text: 'yes' })),
      }),
    ],
  ])('is performed from %s (621-633)', async (_form, reply) => {
    await answerWith(reply);
    await desk.group.waitForMessage(({ text }) => text === 'yes');
    expect(desk.telegram.callsOf('sendMessage')).toMatchObject([
      { isWebhookReply: true, status: 200 },
    ]);
  });

  it('may upload a file (621-633)', async () => {
    await answerWith((chatId) => ({
      headers: MULTIPART,
      body:
        partOf('method', 'sendDocument') +
        partOf('chat_id', String(chatId)) +
        `${partOf('document', 'bytes', '; filename="a.txt"')}--xyz--\r\n`,
    }));
    const { document } = await desk.group.waitForMessage((message) => 'document' in message);
    expect(document).toMatchObject({ file_name: 'a.txt', file_size: 5 });
  });

  it.each(['setWebhook', 'DELETEWEBHOOK', 'close', 'logOut', 'getMe', 'getUpdates', 'getChat'])(
    'is refused without a word when it is %s (621-633)',
    async (method) => {
      await answerWith((chat_id) => ({
        headers: JSON_TYPE,
        body: jsonOf(method, { chat_id, url: 'https://desk.example' }),
      }));
      expect(desk.telegram.calls.filter(({ isWebhookReply }) => isWebhookReply)).toEqual([]);
      expect(await desk.result('getWebhookInfo')).toMatchObject({ url: `${webhook.root}/hook` });
    },
  );

  it('fails without a word, and the update stays taken (621-633)', async () => {
    await answerWith(() => ({
      headers: JSON_TYPE,
      body: jsonOf('sendMessage', { chat_id: 1, text: 'yes' }),
    }));
    await desk.telegram.waitForCall(({ status }) => status === 400);
    expect(webhook.received).toHaveLength(1);
    expect(await desk.result('getWebhookInfo')).not.toHaveProperty('last_error_message');
  });

  it('is not performed from an answer that is no success (619, 621-633)', async () => {
    await answerWith(
      (chat_id) => ({ headers: JSON_TYPE, body: jsonOf('sendMessage', { chat_id, text: 'yes' }) }),
      500,
    );
    expect(webhook.received).toHaveLength(2);
    expect(desk.telegram.callsOf('sendMessage')).toEqual([]);
  });
});
