import { afterEach, describe, expect, it } from 'vitest';
import { ChatSessions } from '../../src/chat-widget/identity/chat-sessions.js';
import { Visitors } from '../../src/chat-widget/identity/visitors.js';
import { SystemClock } from '../../src/testing/index.js';
import type { ChatClient } from './chat-client.js';
import { byHeader, ChatDesk, CUSTOMER_HEADER, type ChatDeskOptions } from './chat-desk.js';

const SHOP = 'https://shop.example';
const OTHER = 'https://other.example';
const MINUTE_MS = 60_000;

/** The time of people, which a test sets forward. */
class SetClock extends SystemClock {
  aheadMs = 0;

  override now(): number {
    return super.now() + this.aheadMs;
  }
}

describe('Who is who in the chat', () => {
  let chat: ChatDesk;
  const clock = new SetClock();
  afterEach(async () => {
    clock.aheadMs = 0;
    await chat.stop();
  });

  async function start(support: ChatDeskOptions['support'] = {}): Promise<void> {
    chat = await ChatDesk.start({ clock, support: { origins: [SHOP, OTHER], ...support } });
  }

  const on = (origin: string): ChatClient => {
    const client = chat.browser();
    client.headers = { Origin: origin };
    return client;
  };
  const tokenFor = (origin = SHOP, expiresInSeconds?: number) =>
    chat.support.customerToken({ id: 'ann', name: 'Ann' }, { origin, expiresInSeconds });

  /** A page of the shop whose customer has a session. */
  async function withSession(): Promise<ChatClient> {
    const client = on(SHOP);
    const { body } = await client.open({ token: tokenFor() });
    client.session = body.session;
    return client;
  }

  const refused = async (answer: ReturnType<ChatClient['call']>) => {
    const { status, body } = await answer;
    return [status, body.error];
  };
  const NOBODY = [401, 'unauthenticated'];

  describe('by a token', () => {
    it('is whom the app vouches for, on its page, at every route', async () => {
      await start();
      const client = on(SHOP);
      const { status, body } = await client.open({ token: tokenFor() });
      expect([status, body['customer'], body['anonymous']]).toEqual([
        200,
        { key: expect.stringMatching(/^[\w-]{22}$/), name: 'Ann' },
        false,
      ]);
      expect(body['uploads']).toMatchObject({ maxBytes: 10_485_760, maxFiles: 10 });
      client.session = body.session;
      const opened = await client.start('Hello');
      expect(opened.status).toBe(201);
      const stored = await chat.store.findThread(opened.body.thread.id);
      expect(stored?.customerId).toBe('ann');
    });

    it('is nobody with a token that was used, also at the same time', async () => {
      await start();
      const token = tokenFor();
      const answers = await Promise.all([1, 2, 3, 4].map(() => on(SHOP).open({ token })));
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status === 200)).toHaveLength(1);
      expect(statuses.filter((status) => status === 401)).toHaveLength(3);
      expect(await refused(on(SHOP).open({ token }))).toEqual(NOBODY);
    });

    it('is nobody with a token that has expired, is forged, or is for another page', async () => {
      await start();
      const token = tokenFor();
      expect(await refused(on(OTHER).open({ token }))).toEqual(NOBODY);
      expect(await refused(chat.browser().open({ token }))).toEqual(NOBODY);
      for (const at of [4, 20, token.length - 1]) {
        const letter = token[at] === 'A' ? 'B' : 'A';
        const forged = token.slice(0, at) + letter + token.slice(at + 1);
        expect(await refused(on(SHOP).open({ token: forged }))).toEqual(NOBODY);
      }
      clock.aheadMs = 6 * MINUTE_MS;
      expect(await refused(on(SHOP).open({ token }))).toEqual(NOBODY);
    });

    it('is nobody with the token of an app with another secret', async () => {
      await start({ secret: 'a'.repeat(32) });
      const token = tokenFor();
      await chat.stop();
      await start({ secret: 'b'.repeat(32) });
      expect(await refused(on(SHOP).open({ token }))).toEqual(NOBODY);
    });

    it('cannot pass a token for a session, nor a session for a token', async () => {
      await start();
      const client = on(SHOP);
      client.session = tokenFor();
      expect(await refused(client.call('GET', 'threads'))).toEqual(NOBODY);
      const { session = '' } = await withSession();
      expect(await refused(on(SHOP).open({ token: session }))).toEqual(NOBODY);
    });

    it.each([
      ['no id', { id: '' }, { origin: SHOP }],
      ['a path', { id: 'a' }, { origin: `${SHOP}/page` }],
      ['no scheme', { id: 'a' }, { origin: 'shop.example' }],
      ['a life of a day', { id: 'a' }, { origin: SHOP, expiresInSeconds: 86_400 }],
    ])('is refused by the method that makes tokens: %s', async (_name, customer, options) => {
      await start();
      expect(() => chat.support.customerToken(customer, options)).toThrow(
        /^customerToken\(\) was called with arguments that cannot work/,
      );
    });
  });

  describe('by a session', () => {
    it('is nobody on another page, without one, and later', async () => {
      await start();
      const client = await withSession();
      const { session } = client;
      expect((await client.call('GET', 'threads')).status).toBe(200);
      for (const headers of [{ Origin: OTHER }, { Origin: undefined }, { Origin: 'null' }]) {
        const elsewhere = chat.browser();
        elsewhere.session = session;
        const { status } = await elsewhere.call('GET', 'threads', undefined, headers);
        expect([401, 403]).toContain(status);
      }
      clock.aheadMs = 61 * MINUTE_MS;
      expect(await refused(client.call('GET', 'threads'))).toEqual(NOBODY);
    });

    it('is renewed, for a day at most', async () => {
      await start();
      const client = await withSession();
      for (let hours = 0; hours < 23; hours += 1) {
        clock.aheadMs += 55 * MINUTE_MS;
        client.session = (await client.open()).body.session;
        expect((await client.call('GET', 'threads')).status).toBe(200);
      }
      clock.aheadMs = 24 * 60 * MINUTE_MS;
      expect(await refused(client.open())).toEqual(NOBODY);
    });

    it('wins over what the app knows, and is the only thing that counts', async () => {
      await start({ customer: byHeader, anonymous: true });
      const client = await withSession();
      client.headers = { ...client.headers, [CUSTOMER_HEADER]: 'bob' };
      const { body } = await client.start('Of Ann');
      expect((await chat.store.findThread(body.thread.id))?.customerId).toBe('ann');
      client.session = `${client.session}A`;
      expect(await refused(client.call('GET', 'threads'))).toEqual(NOBODY);
    });

    it('leaves other kinds of authorization to the app', async () => {
      await start({
        customer: ({ headers }) => (headers.authorization === 'Bearer jwt' ? { id: 'jo' } : null),
      });
      const client = chat.browser();
      client.headers = { Authorization: 'Bearer jwt' };
      expect((await client.call('GET', 'threads')).status).toBe(200);
    });
  });

  describe('as a visitor', () => {
    it('keeps a cookie that no script sees and no other site sends', async () => {
      await start({ anonymous: true });
      const client = on(SHOP);
      const { headers } = await client.open();
      expect(headers.getSetCookie()).toEqual([
        expect.stringMatching(
          /^__Host-support_chat_visitor=[\w-]+; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure$/,
        ),
      ]);
      const plain = await chat.browser().open();
      expect(plain.headers.getSetCookie()[0]).toMatch(
        /^support_chat_visitor=[\w-]+; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax$/,
      );
    });

    it('is whom the cookie of HTTPS names, which no other host can set', async () => {
      await start({ anonymous: true });
      const [planted, mine] = [await chat.visitor(), on(SHOP)];
      const plantedKey = (await planted.open()).body['customer'];
      const own = (await mine.open()).body['customer'];
      mine.cookie = `${planted.cookie}; ${mine.cookie}`;
      expect((await mine.open()).body['customer']).toEqual(own);
      mine.cookie = planted.cookie;
      expect((await mine.open()).body['customer']).not.toEqual(plantedKey);
      mine.headers = { Origin: chat.desk.origin };
      mine.cookie = planted.cookie;
      expect((await mine.open()).body['customer']).toEqual(plantedKey);
    });

    it('is whom the app knows once they log in, whatever session they have', async () => {
      await start({ anonymous: true, customer: byHeader });
      const client = on(SHOP);
      client.session = (await client.open()).body.session;
      const before = await client.start('Of a visitor');
      client.headers = { ...client.headers, [CUSTOMER_HEADER]: 'ann' };
      const after = await client.start('Of Ann');
      expect((await chat.store.findThread(after.body.thread.id))?.customerId).toBe('ann');
      const path = `threads/${before.body.thread.id}`;
      expect(await refused(client.call('GET', path))).toEqual([404, 'not_found']);
      const { body } = await client.open();
      expect(body).toMatchObject({ anonymous: false, customer: { name: 'Name of ann' } });
      expect(body).not.toHaveProperty('session');
    });

    it('is the same for 30 days without the cookie, and longer with it', async () => {
      await start({ anonymous: true });
      const client = on(SHOP);
      await client.open();
      const sessions = chat.desk.app.get(ChatSessions, { strict: false });
      const visitor = chat.desk.app.get(Visitors, { strict: false }).of({ cookie: client.cookie });
      if (!visitor) throw new Error('There is no visitor');
      const page = { origin: SHOP, isOwn: false };
      const startedAtMs = clock.now() - 30 * 24 * 60 * MINUTE_MS + 10 * MINUTE_MS;
      client.session = sessions.make(visitor, page, startedAtMs).text;
      expect((await client.open()).body['expiresInSeconds']).toBe(3_600);
      const other = await chat.visitor();
      for (const cookie of [undefined, other.cookie]) {
        client.cookie = cookie;
        const { body } = await client.open();
        expect(body['expiresInSeconds']).toBeLessThanOrEqual(600);
        client.session = body.session;
      }
      clock.aheadMs = 11 * MINUTE_MS;
      expect(await refused(client.call('GET', 'threads'))).toEqual(NOBODY);
    });

    it('is nobody by a session where there are no visitors any more', async () => {
      await start({ anonymous: true, secret: 's'.repeat(32) });
      const client = on(SHOP);
      const { session } = (await client.open()).body;
      await chat.stop();
      await start({ secret: 's'.repeat(32) });
      const later = on(SHOP);
      later.session = session;
      expect(await refused(later.call('GET', 'threads'))).toEqual(NOBODY);
      expect(await refused(later.open())).toEqual(NOBODY);
    });

    it('is nobody with a forged cookie, and another one without', async () => {
      await start({ anonymous: true });
      const ann = await chat.visitor();
      const { body } = await ann.start('Hello');
      const forged = chat.browser();
      forged.cookie = `${ann.cookie}A`;
      expect(await refused(forged.call('GET', 'threads'))).toEqual(NOBODY);
      // As in a frame on a page of another site, for which browsers hold the cookie back.
      const framed = await chat.visitor();
      expect(framed.cookie).not.toBe(ann.cookie);
      const path = `threads/${body.thread.id}`;
      expect(await refused(framed.call('GET', path))).toEqual([404, 'not_found']);
      expect((await ann.call('GET', path)).status).toBe(200);
    });

    it('goes on without cookies, by a session', async () => {
      await start({ anonymous: true });
      const client = chat.browser();
      client.headers = { Origin: chat.desk.origin };
      const opened = await client.open();
      client.cookie = undefined;
      client.session = opened.body.session;
      const { body } = await client.start('Hello');
      const again = await client.open();
      expect(again.body).toMatchObject({ anonymous: true, customer: opened.body['customer'] });
      expect(again.body.threads.map(({ id }) => id)).toEqual([body.thread.id]);
      client.session = again.body.session;
      client.headers = {};
      // What reads from its own origin names none.
      expect((await client.call('GET', 'threads')).status).toBe(200);
    });

    it('is nobody where there are no visitors, even with a cookie', async () => {
      await start({ anonymous: true, secret: 's'.repeat(32) });
      const { cookie } = await chat.visitor();
      await chat.stop();
      await start({ secret: 's'.repeat(32) });
      const client = chat.browser();
      client.cookie = cookie;
      expect(await refused(client.open())).toEqual(NOBODY);
      expect(await refused(client.call('GET', 'threads'))).toEqual(NOBODY);
    });
  });

  it('is told apart by the app, which may be slow, and whose mistakes are no way in', async () => {
    await start({
      customer: async ({ headers }) => {
        await Promise.resolve();
        const id = headers[CUSTOMER_HEADER];
        if (id === 'broken') throw new Error('The database is away');
        return typeof id === 'string' ? { id } : null;
      },
    });
    expect((await chat.customer('ann').call('GET', 'threads')).status).toBe(200);
    expect(await refused(chat.browser().call('GET', 'threads'))).toEqual(NOBODY);
    expect(await refused(chat.customer('broken').call('GET', 'threads'))).toEqual([
      503,
      'unavailable',
    ]);
    expect(await refused(chat.customer('').call('GET', 'threads'))).toEqual([503, 'unavailable']);
  });
});
