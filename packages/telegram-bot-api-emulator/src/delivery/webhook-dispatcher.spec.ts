import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ReceivedUpdate,
  ScriptedWebhook,
  textOf,
  until,
} from '../../test/support/scripted-webhook.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';

describe('WebhookDispatcher', () => {
  let telegram: BotApiEmulator;
  let clock: VirtualClock;
  let webhook: ScriptedWebhook;
  let root: string;
  let desk: EmulatedChat;

  beforeEach(async () => {
    clock = new VirtualClock(1_750_000_000_000);
    telegram = await BotApiEmulator.start({ clock, waitTimeoutMs: 20_000 });
    desk = telegram.createGroup({ title: 'Desk' });
    webhook = new ScriptedWebhook();
    root = await webhook.listen();
  });

  afterEach(async () => {
    await telegram.stop();
    await webhook.close();
  });

  async function call(method: string, params: object = {}): Promise<unknown> {
    const response = await fetch(`${telegram.apiRoot}/bot${telegram.bot.token}/${method}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(params),
    });
    return response.json();
  }

  const setWebhook = (params: object = {}): Promise<unknown> =>
    call('setWebhook', { url: `${root}/hook`, ...params });

  /** Lets the webhook succeed, after which Telegram opens more than one connection to it. */
  const warmUp = async (params: object = {}): Promise<void> => {
    await setWebhook(params);
    const arrival = webhook.next();
    telegram.createGroup({ title: 'First' }).agent('Ann').write('first');
    (await arrival).response.end();
    await telegram.idle();
    webhook.received.length = 0;
  };

  const writeAndReceive = (text: string): Promise<ReceivedUpdate> => {
    const arrival = webhook.next();
    desk.agent('Ann').write(text);
    return arrival;
  };

  /** Until the delivery under way has failed and waits for its turn. */
  const failed = (): Promise<void> =>
    until(() => {
      const last = telegram.deliveries.at(-1);
      const isOver = last?.status !== null || last.error !== undefined;
      return last !== undefined && isOver && clock.pending === 1;
    });

  it('posts an update as Telegram writes it', async () => {
    await setWebhook({ url: `${root}/hook?a=b#c`, secret_token: 'Ab_-9' });
    const { headers, path, body, response } = await writeAndReceive('hello');
    response.end();
    await telegram.idle();

    const message = desk.messages[0];
    const id = telegram.deliveries[0]?.update?.update_id;
    expect(path).toBe('/hook?a=b');
    expect(body).toBe(`{"update_id":${id},\n"message":${JSON.stringify(message)}}`);
    expect(headers).toMatchObject({
      'x-telegram-bot-api-secret-token': 'Ab_-9',
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      connection: 'keep-alive',
      'accept-encoding': 'gzip, deflate',
    });
    expect(headers).not.toHaveProperty('user-agent');
    expect(telegram.deliveries).toEqual([
      {
        botId: telegram.bot.id,
        update: { update_id: id, message },
        body,
        url: `${root}/hook?a=b#c`,
        headers: expect.objectContaining({ 'X-Telegram-Bot-Api-Secret-Token': 'Ab_-9' }),
        status: 200,
        at: clock.now(),
      },
    ]);
  });

  it('sends no secret header without a secret, and the user of the URL as a password', async () => {
    await setWebhook({ url: root.replace('127', 'ann:p%40w@127') });
    const { headers, response } = await writeAndReceive('hello');
    response.end();
    expect(headers).not.toHaveProperty('x-telegram-bot-api-secret-token');
    expect(headers.authorization).toBe(`Basic ${Buffer.from('ann:p@w').toString('base64')}`);
  });

  it('keeps updates until there is a webhook', async () => {
    desk.agent('Ann').write('one');
    desk.agent('Ann').write('two');
    expect(await call('getWebhookInfo')).toMatchObject({ result: { pending_update_count: 2 } });
    const first = webhook.next();
    await setWebhook();
    const second = webhook.next();
    (await first).response.end();
    (await second).response.end();
    await telegram.idle();
    expect(webhook.received.map(({ body }) => textOf(body))).toEqual(['one', 'two']);
  });

  it('numbers updates one after the other from a random start', async () => {
    await setWebhook();
    (await writeAndReceive('one')).response.end();
    (await writeAndReceive('two')).response.end();
    await telegram.idle();
    const [first = 0, second = 0] = telegram.deliveries.map(({ update }) => update?.update_id);
    expect(second).toBe(first + 1);
    expect(first).toBeGreaterThanOrEqual(2_000_001);
    expect(first).toBeLessThan(1_000_000_000);
  });

  it('has one update of a chat under way, and the chats side by side', async () => {
    const other = telegram.createGroup({ title: 'Other' });
    await warmUp();
    const one = await writeAndReceive('desk 1');
    const elsewhere = webhook.next();
    desk.agent('Ann').write('desk 2');
    other.agent('Ann').write('other 1');
    expect(textOf((await elsewhere).body)).toBe('other 1');
    expect(webhook.received).toHaveLength(2);
    const two = webhook.next();
    one.response.end();
    expect(textOf((await two).body)).toBe('desk 2');
  });

  it('has no more under way than the webhook has connections', async () => {
    const chats = ['A', 'B', 'C'].map((title) => telegram.createGroup({ title }));
    await warmUp({ max_connections: 2 });
    const arrivals = [webhook.next(), webhook.next(), webhook.next()];
    for (const chat of chats) chat.agent('Ann').write(String(chat.id));
    const first = await arrivals[0];
    await arrivals[1];
    expect(telegram.deliveries).toHaveLength(3);
    first?.response.end();
    await arrivals[2];
    expect(webhook.received.map(({ body }) => textOf(body) ?? '').toSorted()).toEqual(
      chats.map((chat) => String(chat.id)).toSorted(),
    );
  });

  it.each([200, 201, 204, 299])('takes %i for a success', async (status) => {
    await setWebhook();
    (await writeAndReceive('hello')).response.writeHead(status).end();
    await telegram.idle();
    expect(telegram.deliveries.map((delivery) => delivery.status)).toEqual([status]);
  });

  it.each([
    [302, 'Found'],
    [400, 'Bad Request'],
    [404, 'Not Found'],
    [410, 'Gone'],
    [429, 'Too Many Requests'],
    [500, 'Internal Server Error'],
  ])('sends an update again, and at once, after %i', async (status, reason) => {
    await setWebhook();
    const first = await writeAndReceive('hello');
    const second = webhook.next();
    first.response.writeHead(status, { Location: `${root}/elsewhere` }).end();
    expect((await second).body).toBe(first.body);
    expect((await second).path).toBe('/hook');
    expect(await call('getWebhookInfo')).toMatchObject({
      result: {
        pending_update_count: 1,
        last_error_date: 1_750_000_000,
        last_error_message: `Wrong response from the webhook: ${status} ${reason}`,
      },
    });
  });

  it('waits longer after each failure of an update, and starts anew with the next', async () => {
    await setWebhook();
    let request = await writeAndReceive('poison');
    desk.agent('Ann').write('behind it');
    const again = webhook.next();
    request.response.writeHead(500).end();
    request = await again;
    const statuses: unknown[] = [];
    for (const seconds of [2, 4, 8, 16, 32]) {
      const next = webhook.next();
      request.response.writeHead(500).end();
      await failed();
      clock.advance(seconds * 1000 - 1);
      statuses.push(telegram.deliveries.at(-1)?.status);
      clock.advance(1);
      statuses.push(telegram.deliveries.at(-1)?.status);
      request = await next;
    }
    expect(statuses).toEqual(Array.from({ length: 5 }, () => [500, null]).flat());
    expect(new Set(webhook.received.map(({ body }) => body)).size).toBe(1);
    const later: number[] = [];
    for (let time = 0; time < 10; time++) {
      const [next, before] = [webhook.next(), clock.now()];
      request.response.writeHead(500).end();
      await failed();
      clock.advanceToNext();
      later.push((clock.now() - before) / 1000);
      request = await next;
    }
    expect(later[0]).toBeGreaterThanOrEqual(60);
    expect(later[0]).toBeLessThanOrEqual(64);
    expect(Math.min(...later)).toBeGreaterThanOrEqual(60);
    expect(Math.max(...later)).toBeLessThanOrEqual(120);
    expect(new Set(later).size).toBeGreaterThan(5);
    const behind = webhook.next();
    request.response.end();
    const anew = webhook.next();
    (await behind).response.writeHead(500).end();
    expect(textOf((await anew).body)).toBe('behind it');
    expect(clock.now()).toBe(1_750_000_062_000 + later.reduce((sum, one) => sum + one, 0) * 1000);
  });

  it('holds back the chat of a poisonous update and no other', async () => {
    const other = telegram.createGroup({ title: 'Other' });
    await setWebhook();
    const first = await writeAndReceive('poison');
    const second = webhook.next();
    first.response.writeHead(500).end();
    (await second).response.writeHead(500).end();
    await failed();
    const fine = webhook.next();
    desk.agent('Ann').write('behind it');
    other.agent('Ann').write('fine');
    expect(textOf((await fine).body)).toBe('fine');
  });

  it.each([
    ['7', 7],
    ['100000', 3_600],
  ])(
    'waits for the Retry-After of %s and does not count it as a failure',
    async (asked, seconds) => {
      await setWebhook();
      const first = await writeAndReceive('hello');
      const second = webhook.next();
      first.response.writeHead(503, { 'Retry-After': asked }).end();
      await failed();
      clock.advance(seconds * 1000 - 1);
      expect(webhook.received).toHaveLength(1);
      clock.advance(1);
      const third = webhook.next();
      (await second).response
        .writeHead(500, { 'Retry-After': 'Fri, 01 Jan 2027 00:00:00 GMT' })
        .end();
      (await third).response.end();
      await telegram.idle();
      expect(telegram.deliveries.map(({ status }) => status)).toEqual([503, 500, 200]);
    },
  );

  it('gives up on an answer after 60 seconds', async () => {
    await setWebhook();
    await writeAndReceive('hello');
    const second = webhook.next();
    clock.advance(59_999);
    await call('getMe');
    expect(telegram.deliveries).toHaveLength(1);
    clock.advance(1);
    (await second).response.end();
    await telegram.idle();
    expect(telegram.deliveries).toMatchObject([
      { status: null, error: 'Read timeout expired' },
      { status: 200 },
    ]);
  });

  it('says nothing of a connection that was closed without an answer', async () => {
    await warmUp();
    const first = await writeAndReceive('hello');
    const second = webhook.next();
    first.response.socket?.end();
    (await second).response.end();
    await telegram.idle();
    expect(telegram.deliveries.map(({ status }) => status)).toEqual([200, null, 200]);
    expect(await call('getWebhookInfo')).not.toHaveProperty('result.last_error_message');
  });

  it('says when nobody listens', async () => {
    await setWebhook();
    await webhook.close();
    desk.agent('Ann').write('hello');
    await failed();
    expect(await call('getWebhookInfo')).toMatchObject({
      result: { last_error_message: 'Connection refused', pending_update_count: 1 },
    });
  });

  it('remembers the last error after a success, until another webhook is set', async () => {
    await setWebhook();
    const first = await writeAndReceive('hello');
    const second = webhook.next();
    first.response.writeHead(500).end();
    (await second).response.end();
    await telegram.idle();
    expect(await call('getWebhookInfo')).toHaveProperty('result.last_error_message');
    clock.advance(1_000);
    await setWebhook({ secret_token: 'new' });
    expect(await call('getWebhookInfo')).not.toHaveProperty('result.last_error_message');
  });

  it('sends what was under way to the webhook that is set meanwhile', async () => {
    await setWebhook({ url: `${root}/old` });
    const old = await writeAndReceive('hello');
    clock.advance(1_000);
    const again = webhook.next();
    await setWebhook({ url: `${root}/new` });
    const { path, body, response } = await again;
    response.end();
    await telegram.idle();
    expect([path, body]).toEqual(['/new', old.body]);
  });

  it('contacts no machine but this one', async () => {
    await setWebhook({ url: 'https://desk.example/hook' });
    desk.agent('Ann').write('hello');
    expect(telegram.deliveries).toEqual([]);
    await expect(telegram.idle(1)).rejects.toThrow(
      /Updates still wait after 1 ms\. .*: 1 updates\./,
    );
  });

  it('delivers injected JSON as it is, in turn with the updates of its chat', async () => {
    await warmUp();
    const arrivals = [webhook.next(), webhook.next(), webhook.next(), webhook.next()];
    telegram.deliver(null);
    telegram.deliver({ update_id: 'x', poll: [] });
    telegram.deliver({ update_id: 5, edited_message: { chat: { id: desk.id } } });
    telegram.deliver([1], { key: desk.id });
    desk.agent('Ann').write('behind them');
    const received = await Promise.all(arrivals.slice(0, 3));
    expect(received.map(({ body }) => body).toSorted()).toEqual(
      [
        'null',
        '{"update_id":"x","poll":[]}',
        `{"update_id":5,"edited_message":{"chat":{"id":${desk.id}}}}`,
      ].toSorted(),
    );
    const last = webhook.next();
    for (const { response } of received) response.end();
    expect((await arrivals[3])?.body).toBe('[1]');
    (await arrivals[3])?.response.end();
    expect(textOf((await last).body)).toBe('behind them');
    expect(telegram.deliveries.map(({ update }) => update?.update_id)).toContain(5);
  });
});
