import request from 'supertest';
import { afterEach, describe, expect, it } from 'vitest';
import { BotToken } from '../../src/secrets/bot-token.js';
import { ThreadReferenceSigner } from '../../src/threads/thread-reference-signer.js';
import { adapterNames } from '../support/http-adapters.js';
import { TestDesk } from '../support/test-desk.js';
import { readUpdateFixtures } from '../support/update-fixtures.js';

const token = new BotToken('7000000001:AAHrecordedrecordedrecordedrecorded');
const secret = token.derive('webhook-secret').reveal();
const signer = new ThreadReferenceSigner(token.derive('thread-reference'));
const fixtures = readUpdateFixtures(signer.link('thread-1'));

/** Each admin chat among the recordings, and which of them are an agent's reply there. */
const chats = [
  {
    chat: 'supergroup',
    id: -1_001_234_567_890,
    replies:
      /^supergroup-reply-(?!from-other-bot$|to-human|to-other-bot|to-forwarded|to-story|command)/,
    count: 46,
  },
  {
    chat: 'forum',
    id: -1_009_876_543_210,
    replies: /^forum-(topic|general)-reply-(text|photo)$/,
    count: 3,
  },
  { chat: 'basic group', id: -4_123_456_789, replies: /^group-reply-/, count: 2 },
  { chat: 'private chat', id: 501, replies: /^private-reply-/, count: 2 },
];

describe.each(adapterNames)('Recorded updates on %s', (adapter) => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  it.each(chats)(
    'yield exactly the replies among them in a $chat',
    async ({ id, replies, count }) => {
      desk = await TestDesk.start({
        adapter,
        webhook: false,
        emulator: { bots: [{ token: token.reveal() }] },
        options: { adminChatId: id },
      });
      const server = request(desk.origin);
      // A group that becomes a supergroup moves the desk; that is tested by itself.
      const settled = fixtures.filter(({ name }) => !name.startsWith('service-migrate-'));
      for (const { body, name } of settled) {
        const { status } = await server
          .post('/telegram/webhook')
          .set('Content-Type', 'application/json')
          .set('X-Telegram-Bot-Api-Secret-Token', secret)
          .send(body);
        expect({ name, status }).toEqual({ name, status: 200 });
      }
      const expected = settled
        .filter(({ name }) => replies.test(name))
        .map(({ body }) => JSON.parse(body).message);
      expect(desk.replies.replies.map(({ message }) => message.messageId)).toEqual(
        expected.map(({ message_id: messageId }) => messageId),
      );
      expect(desk.replies.replies.map(({ raw }) => raw)).toEqual(expected);
      expect(expected).toHaveLength(count);
      for (const { raw, text, html, threadId } of desk.replies.replies) {
        expect(threadId).toBe('thread-1');
        // A photo, a sticker, a poll … has something that stands for it.
        expect(text).toBe(raw.text ?? raw.caption ?? text);
        expect(text).not.toBe('');
        expect(html.replaceAll(/<[^>]*>/g, '').length).toBeGreaterThanOrEqual(text.length);
      }
    },
  );

  it('move the desk when the old group announces its supergroup', async () => {
    desk = await TestDesk.start({
      adapter,
      webhook: false,
      emulator: { bots: [{ token: token.reveal() }] },
      options: { adminChatId: -4_123_456_789 },
    });
    for (const wanted of ['service-migrate-to-chat-id', 'supergroup-reply-text']) {
      await request(desk.origin)
        .post('/telegram/webhook')
        .set('Content-Type', 'application/json')
        .set('X-Telegram-Bot-Api-Secret-Token', secret)
        .send(fixtures.find(({ name }) => name === wanted)?.body)
        .expect(200);
    }
    expect(desk.replies.replies).toHaveLength(1);
  });
});
