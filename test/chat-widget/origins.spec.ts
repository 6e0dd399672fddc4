import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adapterNames } from '../support/http-adapters.js';
import { callRoute, chatRoutes, type Belongings } from './chat-routes.js';
import type { ChatClient } from './chat-client.js';
import { byHeader, ChatDesk } from './chat-desk.js';

const LISTED = 'https://shop.example';
const EVIL = 'https://evil.example';

const closed = chatRoutes.filter(({ path }) => !path.startsWith('files/'));
const changing = closed.filter(({ method }) => method !== 'GET');

describe.each(adapterNames)('Pages of other origins and the chat on %s', (adapter) => {
  let chat: ChatDesk;
  let victim: ChatClient;
  let has: Belongings;
  beforeAll(async () => {
    chat = await ChatDesk.start({
      adapter,
      support: { anonymous: true, customer: byHeader, origins: [LISTED] },
      // What the app allows for its own routes.
      configure: (app) => app.enableCors({ origin: EVIL, credentials: true }),
    });
    victim = await chat.visitor();
    const { body } = await victim.start('Mine');
    has = { threadId: body.thread.id, messageId: body.message.id };
  });
  afterAll(() => chat.stop());

  const untouched = async (work: () => Promise<unknown>): Promise<void> => {
    const before = await chat.store.findThread(has.threadId);
    const threads = (await victim.call('GET', 'threads')).body.threads.length;
    await work();
    expect(await chat.store.findThread(has.threadId)).toEqual(before);
    expect((await victim.call('GET', 'threads')).body.threads).toHaveLength(threads);
  };

  it.each(closed)('do nothing with the cookie of a visitor: $method $path', async (route) => {
    await untouched(async () => {
      for (const headers of [
        { Origin: EVIL },
        { Origin: 'null' },
        { Origin: EVIL, 'Sec-Fetch-Site': 'cross-site' },
        { 'Sec-Fetch-Site': 'cross-site' },
        { 'Sec-Fetch-Site': 'same-site' },
        { Origin: `${LISTED}.evil.example` },
        { Origin: LISTED.toUpperCase() },
      ]) {
        const answer = await callRoute(victim, route, has, headers);
        expect([answer.status, answer.body.error]).toEqual([403, 'forbidden_origin']);
        expect(answer.headers.get('access-control-allow-origin')).not.toBe('*');
      }
    });
  });

  it.each(changing)('do nothing without the header of the chat: $method $path', async (route) => {
    await untouched(async () => {
      for (const value of [undefined, '', '2', 'true']) {
        const answer = await callRoute(victim, route, has, { 'X-Support-Chat': value });
        expect([answer.status, answer.body.error]).toEqual([403, 'forbidden_origin']);
      }
    });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'do nothing by a form: %s',
    async (type) => {
      await untouched(async () => {
        const body = '{"clientId":"f1","text":"x","a":"=b"}';
        for (const path of ['threads', `threads/${has.threadId}/messages`]) {
          const form = { 'Content-Type': type, 'X-Support-Chat': undefined, Origin: EVIL };
          const { status } = await victim.send('POST', path, body, form);
          expect([403, 415]).toContain(status);
          // Also with the header: such bodies are none of JSON.
          const other = { 'Content-Type': type };
          const refused = await victim.send('POST', path, body, other);
          expect([400, 415]).toContain(refused.status);
        }
      });
    },
  );

  it.each(closed)('ask before they send: OPTIONS for $method $path', async (route) => {
    const path = route.path.replace(':threadId', has.threadId).replace(':messageId', 'c:x');
    const ask = (origin: string): Promise<Response> =>
      fetch(new URL(path, chat.base), {
        method: 'OPTIONS',
        headers: {
          Origin: origin,
          'Access-Control-Request-Method': route.method,
          'Access-Control-Request-Headers':
            'authorization,content-type,x-support-chat,x-support-customer,x-csrf',
        },
      });
    const { status, headers } = await ask(LISTED);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(LISTED);
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(headers.get('access-control-allow-methods')).toContain(route.method);
    expect(headers.get('access-control-allow-headers')).toContain('x-csrf');
    expect(headers.get('access-control-allow-headers')).toContain('x-support-customer');
    expect(headers.get('vary')).toContain('Origin');
    const foreign = await ask(EVIL);
    expect(foreign.status).toBe(403);
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('read what they get when they are listed, also errors', async () => {
    const headers = { Origin: LISTED };
    const listed = chat.browser();
    listed.headers = headers;
    await listed.open();
    const good = await listed.call('GET', 'threads');
    const bad = await listed.call('POST', 'threads', {});
    const nobody = await chat.browser().call('GET', 'threads', undefined, headers);
    expect([good.status, bad.status, nobody.status]).toEqual([200, 400, 401]);
    for (const answer of [good, bad, nobody]) {
      expect(answer.headers.get('access-control-allow-origin')).toBe(LISTED);
      expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
      expect(answer.headers.get('vary')).toContain('Origin');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('leave the routes of the app as they are', async () => {
    const answer = await fetch(`${chat.desk.origin}/supportive`, {
      method: 'OPTIONS',
      headers: { Origin: EVIL, 'Access-Control-Request-Method': 'GET' },
    });
    expect(answer.headers.get('access-control-allow-origin')).toBe(EVIL);
  });
});
