import { randomInt } from 'node:crypto';
import request from 'supertest';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { BotToken } from '../../src/secrets/bot-token.js';
import { ThreadReferenceSigner } from '../../src/threads/thread-reference-signer.js';
import { TestDesk } from '../support/test-desk.js';
import { readUpdateFixtures } from '../support/update-fixtures.js';

const ADMIN_CHAT_ID = -1_001_234_567_890;
const token = new BotToken(`${randomInt(2 ** 40)}:AAHdeepdeepdeepdeepdeepdeepdeepdeepd`);
const reference = new ThreadReferenceSigner(token.derive('thread-reference')).link('thread-1');
const genuine = readUpdateFixtures(reference).find(({ name }) => name === 'supergroup-reply-text');

describe('A desk with Redis', () => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  // What is nested too deep cannot be serialised for Redis.
  it('answers 200 and drops a reply that is nested too deep to be stored', async () => {
    desk = await TestDesk.start({
      webhook: false,
      emulator: { bots: [{ token: token.reveal() }] },
      options: {
        adminChatId: ADMIN_CHAT_ID,
        redis: inject('redisUrl'),
        replies: { receipts: false },
      },
    });
    const body = (genuine?.body ?? '').replaceAll('7000000001', String(token.botId));
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    await post(body.replace('"text":', `"deep": ${deep}, "text":`), 1).expect(200);
    await post(body, 2).expect(200);
    await vi.waitFor(() => expect(desk.replies.replies).toHaveLength(1), 20_000);
    expect(desk.replies.replies[0]?.raw).not.toHaveProperty('deep');
  });

  function post(body: string, updateId: number): request.Test {
    return request(desk.origin)
      .post('/telegram/webhook')
      .set('Content-Type', 'application/json')
      .set('X-Telegram-Bot-Api-Secret-Token', token.derive('webhook-secret').reveal())
      .send(body.replace(/"update_id": \d+/, `"update_id": ${updateId}`));
  }
});
