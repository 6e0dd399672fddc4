import { afterEach, describe, expect, it } from 'vitest';
import type { SupportChatOptions } from '../../src/chat-widget/index.js';
import type { CustomerResolver } from '../../src/chat-widget/identity/chat-customer.interface.js';
import { SystemClock } from '../../src/testing/index.js';
import { ChatDesk, CUSTOMER_HEADER, type ChatDeskOptions } from './chat-desk.js';

const SHOP = 'https://shop.example';

/** Fires the timers of long waits at once, when it is told to. */
class HastyClock extends SystemClock {
  isHasty = false;

  override setTimer(callback: () => void, delayMs: number) {
    return super.setTimer(callback, this.isHasty && delayMs > 1_000 ? 1 : delayMs);
  }
}

const never = () => new Promise<never>(() => undefined);

describe('What a client of the chat is told when it opens a session', () => {
  const clock = new HastyClock();
  let chat: ChatDesk;
  afterEach(() => {
    clock.isHasty = false;
    return chat.stop();
  });

  const start = async (support: ChatDeskOptions['support']): Promise<void> => {
    clock.isHasty = false;
    chat = await ChatDesk.start({ clock, support: { anonymous: true, ...support } });
  };

  it('is the longest text, and how long the session lasts', async () => {
    await start({ maxTextLength: 123 });
    const client = chat.browser();
    const without = await client.open();
    expect(without.body['maxTextLength']).toBe(123);
    expect(without.body).not.toHaveProperty('expiresInSeconds');
    client.headers = { Origin: chat.desk.origin };
    const { body } = await client.open();
    expect(body['expiresInSeconds']).toBe(3_600);
    expect(Date.parse(String(body['expiresAt']))).toBeGreaterThan(Date.now());
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('The calendar is away');
      },
    ],
    ['rejects', () => Promise.reject(new Error('The calendar is away'))],
    ['does not answer', never],
    ['answers nothing', () => undefined],
    ['answers a text', () => 'open'],
    ['answers no boolean', () => ({ isOpen: 'yes' })],
    ['answers a text that is none', () => ({ isOpen: false, text: 7 })],
    ['answers no time', () => ({ isOpen: false, opensAt: new Date(Number.NaN) })],
  ])('is that somebody is there when availability %s, which is logged once', async (_name, of) => {
    const options: SupportChatOptions = {};
    // What an app in JavaScript may give.
    Reflect.set(options, 'availability', of);
    await start(options);
    clock.isHasty = true;
    for (let times = 0; times < 3; times += 1) {
      const { status, body } = await chat.browser().open();
      expect([status, body['availability']]).toEqual([200, { isOpen: true }]);
    }
    expect(chat.desk.log.with('error', 'availability')).toHaveLength(1);
  });

  it('is what availability says', async () => {
    const opensAt = new Date(Date.UTC(2030, 0, 7, 9));
    await start({ availability: () => ({ isOpen: false, text: 'On Monday', opensAt }) });
    const { body } = await chat.browser().open();
    expect(body['availability']).toEqual({
      isOpen: false,
      text: 'On Monday',
      opensAt: opensAt.toISOString(),
    });
  });

  it('is not at the cost of the token when a store fails', async () => {
    await start({ origins: [SHOP] });
    const token = chat.support.customerToken({ id: 'ann' }, { origin: SHOP });
    const client = chat.browser();
    client.headers = { Origin: SHOP };
    const { store } = chat;
    const listThreads = store.listThreads.bind(store);
    store.listThreads = () => Promise.reject(new Error('The store is away'));
    expect((await client.open({ token })).status).toBe(503);
    store.listThreads = listThreads;
    expect((await client.open({ token })).status).toBe(200);
    expect((await client.open({ token })).status).toBe(401);
  });

  it('is to try again when the app does not say who it is', async () => {
    await start({ customer: never });
    clock.isHasty = true;
    const client = chat.browser();
    for (const answer of [await client.open(), await client.call('GET', 'threads')]) {
      expect([answer.status, answer.body.error]).toEqual([503, 'unavailable']);
      expect(answer.headers.get('retry-after')).not.toBeNull();
    }
    expect(chat.desk.log.with('error', 'option customer')).toHaveLength(1);
  });

  it('is that the server is wrong when the app gives an id that is no string', async () => {
    // As the code of an app that is not checked by TypeScript.
    const customer: CustomerResolver = ({ headers }) =>
      JSON.parse(`{"id":${String(headers[CUSTOMER_HEADER])}}`);
    await start({ customer });
    const client = chat.customer('7');
    for (const answer of [await client.open(), await client.call('GET', 'threads')]) {
      expect([answer.status, answer.body.error]).toEqual([503, 'unavailable']);
      // Nothing is better later.
      expect(answer.headers.get('retry-after')).toBeNull();
    }
    const lines = chat.desk.log.with('error', 'option customer');
    expect(lines.map(({ text }) => text)).toEqual([
      expect.stringContaining('an id that is not a string of 1 to 256 characters'),
    ]);
  });
});
