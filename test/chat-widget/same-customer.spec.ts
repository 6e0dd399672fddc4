import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adapterNames } from '../support/http-adapters.js';
import { callRoute, chatRoutes, type Belongings } from './chat-routes.js';
import type { ChatClient } from './chat-client.js';
import { byHeader, ChatDesk, CUSTOMER_HEADER } from './chat-desk.js';

const guarded = chatRoutes.filter(({ isOpen }) => !isOpen);

describe.each(adapterNames)('What a client sends for a customer on %s', (adapter) => {
  let chat: ChatDesk;
  let ann: ChatClient;
  let has: Belongings;
  let key: string;
  beforeAll(async () => {
    chat = await ChatDesk.start({
      adapter,
      support: {
        anonymous: true,
        customer: byHeader,
        rateLimit: { messages: 999, windowMs: 60_000 },
      },
    });
    ann = chat.customer('ann');
    key = keyIn(await ann.open());
    const { body } = await ann.start('Mine');
    has = { threadId: body.thread.id, messageId: body.message.id };
  });
  afterAll(() => chat.stop());

  const keyIn = ({ body }: Awaited<ReturnType<ChatClient['open']>>): string => {
    const customer = body['customer'];
    expect(customer).toEqual(expect.objectContaining({ key: expect.any(String) }));
    return String(Object(customer).key);
  };

  it.each(guarded)('is refused when it is another one: $method $path', async (route) => {
    const before = await chat.store.findThread(has.threadId);
    const bob = keyIn(await chat.customer('bob').open());
    for (const other of [bob, '', `${key}A`, key.toLowerCase()]) {
      const { status, body } = await callRoute(ann, route, has, { 'X-Support-Customer': other });
      expect([status, body.error]).toEqual([401, 'unauthenticated']);
    }
    expect(await chat.store.findThread(has.threadId)).toEqual(before);
  });

  it('is not written as the next one after a logout', async () => {
    const mine = { 'X-Support-Customer': key };
    const path = `threads/${has.threadId}/messages`;
    const message = { clientId: 'k1', text: 'Hello' };
    expect((await ann.call('POST', path, message, mine)).status).toBe(201);
    const next = { ...mine, [CUSTOMER_HEADER]: 'bob' };
    const late = await ann.call('POST', 'threads', { clientId: 'k2', text: 'Of Ann' }, next);
    expect([late.status, late.body.error]).toEqual([401, 'unauthenticated']);
    const bob = chat.customer('bob');
    expect((await bob.call('GET', 'threads')).body.threads).toEqual([]);
    // Whoever opens a session asks who they are.
    expect((await ann.call('POST', 'session', {}, next)).status).toBe(200);
  });
});
