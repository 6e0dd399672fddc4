import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ReceivedUpdate,
  ScriptedWebhook,
  textOf,
  until,
} from '../../test/support/scripted-webhook.js';
import { WireClient } from '../../test/support/wire-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';

const HOUR_MS = 3_600_000;

describe('WebhookDispatcher', () => {
  let telegram: BotApiEmulator;
  let clock: VirtualClock;
  let client: WireClient;
  let webhook: ScriptedWebhook;
  let root: string;
  let desk: EmulatedChat;

  beforeEach(async () => {
    clock = new VirtualClock();
    telegram = await BotApiEmulator.start({ clock, waitTimeoutMs: 20_000 });
    client = new WireClient(telegram);
    desk = telegram.createGroup({ title: 'Desk' });
    webhook = new ScriptedWebhook();
    root = await webhook.listen();
  });

  afterEach(async () => {
    await telegram.stop();
    await webhook.close();
  });

  const setWebhook = (params: object = {}): Promise<unknown> => {
    clock.advance(1_000);
    return client.call('setWebhook', { url: root, ...params });
  };

  const receive = (act: () => void): Promise<ReceivedUpdate> => {
    const arrival = webhook.next();
    act();
    return arrival;
  };

  const write = (text: string, chat = desk): void => void chat.agent('Ann').write(text);
  const statuses = (): unknown[] => telegram.deliveries.map(({ status }) => status);

  /** Lets the old webhook have an update that the new one gets then. */
  async function replace(params: object = {}): Promise<[ReceivedUpdate, ReceivedUpdate]> {
    await setWebhook({ url: `${root}/old`, ...params });
    const old = await receive(() => write('hello'));
    const again = webhook.next();
    await setWebhook({ url: `${root}/new`, ...params });
    const renewed = await again;
    expect([old.path, renewed.path]).toEqual(['/old', '/new']);
    expect(renewed.body).toBe(old.body);
    return [old, renewed];
  }

  /** Answers in turn, an hour after each other; after the last nothing has come yet. */
  async function answerHourly(answers: readonly number[]): Promise<void> {
    for (const [index, status] of answers.entries()) {
      if (index > 0) await receive(() => clock.advance(HOUR_MS));
      webhook.received.at(-1)?.response.writeHead(status, { 'Retry-After': '3600' }).end();
      await telegram.settled();
    }
  }

  const isThere = async (): Promise<boolean> => {
    const info = await client.call('getWebhookInfo');
    return JSON.stringify(info).includes(root);
  };

  /** Lets the webhook fail twice, after which the update waits two seconds. */
  async function failTwice(act: () => void): Promise<void> {
    const first = await receive(act);
    const second = webhook.next();
    first.response.writeHead(500).end();
    (await second).response.writeHead(500).end();
    await telegram.settled();
  }

  async function sendKeyboard(): Promise<void> {
    await client.call('sendMessage', {
      chat_id: desk.id,
      text: 'press',
      reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] },
    });
  }

  const createChats = (count: number): EmulatedChat[] =>
    Array.from({ length: count }, (_unused, index) =>
      telegram.createGroup({ title: `Chat ${index}` }),
    );

  /** Lets updates of chats fail, so that each waits an hour for its next try. */
  async function poison(chats: readonly EmulatedChat[]): Promise<void> {
    for (const chat of chats) {
      const received = await receive(() => write('poison', chat));
      received.response.writeHead(500, { 'Retry-After': '3600' }).end();
      await telegram.settled();
    }
  }

  describe('when another webhook takes the place of one that has not answered', () => {
    it.each([200, 500])('ignores a late %i: the update stays for the new one', async (status) => {
      const [old, renewed] = await replace();
      old.response.writeHead(status).end();
      await gone(old);
      expect(telegram.bot.pendingUpdates).toBe(1);
      expect(await client.call('getWebhookInfo')).not.toHaveProperty('result.last_error_message');

      const third = webhook.next();
      renewed.response.writeHead(503).end();
      (await third).response.end();
      await telegram.idle();
      expect(webhook.received.map(({ path }) => path)).toEqual(['/old', '/new', '/new']);
      expect(statuses()).toEqual([null, 503, 200]);
    });

    it('counts no connection of the old one as one of the new', async () => {
      const [old, renewed] = await replace({ max_connections: 1 });
      await gone(old);
      const other = telegram.createGroup({ title: 'Other' });
      write('elsewhere', other);
      clock.advance(4_000);
      expect(statuses()).toEqual([null, null]);
      const next = webhook.next();
      renewed.response.end();
      expect(textOf((await next).body)).toBe('elsewhere');
    });

    it('takes no failure of the old one for one of the new', async () => {
      telegram.bot.failNextDelivery({ kind: 'drop' });
      const [old, renewed] = await replace();
      await gone(old);
      expect(telegram.deliveries).toMatchObject([{ error: 'Connection reset by peer' }, {}]);
      expect(await client.call('getWebhookInfo')).not.toHaveProperty('result.last_error_message');
      renewed.response.end();
      await telegram.idle();
    });

    it('keeps no time of the old one: nothing expires, and nothing is tried again', async () => {
      const [old, renewed] = await replace();
      await gone(old);
      renewed.response.end();
      await telegram.idle();
      expect(clock.pending).toBe(0);
      clock.advance(120_000);
      expect(await client.call('getWebhookInfo')).not.toHaveProperty('result.last_error_message');
      expect(webhook.received).toHaveLength(2);
    });

    it('keeps the update, unless it is dropped, when there is no new one', async () => {
      await setWebhook();
      const first = await receive(() => write('hello'));
      await client.call('deleteWebhook');
      await gone(first);
      expect(telegram.bot.pendingUpdates).toBe(1);
      const again = await receive(() => void setWebhook());
      expect(again.body).toBe(first.body);
      await client.call('deleteWebhook', { drop_pending_updates: true });
      await gone(again);
      expect(telegram.bot.pendingUpdates).toBe(0);
      expect(clock.pending).toBe(0);
    });
  });

  describe('of a webhook that is gone', () => {
    it('removes it after more than 23 hours of nothing but 410', async () => {
      await setWebhook();
      telegram.deliver({ update_id: 1 });
      await webhook.next();
      await answerHourly(repeat(410, 24));
      expect(await isThere()).toBe(true);
      const last = await receive(() => clock.advance(HOUR_MS));
      last.response.writeHead(410).end();
      await telegram.settled();
      expect(await isThere()).toBe(false);
      expect(telegram.bot.pendingUpdates).toBe(1);
      expect(clock.pending).toBe(0);
      expect(await client.call('getWebhookInfo')).toEqual({
        ok: true,
        result: { url: '', has_custom_certificate: false, pending_update_count: 1 },
      });
    });

    it('begins to count anew after any other answer', async () => {
      await setWebhook();
      telegram.deliver({ update_id: 1 });
      await webhook.next();
      await answerHourly([...repeat(410, 20), 500, ...repeat(410, 24)]);
      expect(await isThere()).toBe(true);
      expect(statuses()).toHaveLength(45);
    });

    it('begins to count anew after a success', async () => {
      await setWebhook();
      telegram.deliver({ update_id: 1 }, { key: 'a' });
      telegram.deliver({ update_id: 2 }, { key: 'a' });
      await webhook.next();
      await answerHourly(repeat(410, 20));
      const taken = await receive(() => clock.advance(HOUR_MS));
      const behind = webhook.next();
      taken.response.end();
      await behind;
      await answerHourly(repeat(410, 24));
      expect(await isThere()).toBe(true);
    });
  });

  describe('of updates that expire', () => {
    it.each<[string, number, number, () => void]>([
      ['a message', 86_400, 3_000, () => write('hello')],
      ['a press', 150, 20, () => void desk.agent('Ann').press(1, 'A')],
    ])('gives up %s %i seconds old', async (_what, seconds, step, act) => {
      await sendKeyboard();
      await setWebhook();
      const end = clock.now() + seconds * 1_000;
      await failTwice(act);
      while (telegram.bot.pendingUpdates > 0) {
        clock.advanceToNext();
        await until(() => webhook.received.length === telegram.deliveries.length);
        webhook.received.at(-1)?.response.writeHead(500, { 'Retry-After': step }).end();
        await telegram.settled();
      }
      expect(clock.now()).toBeGreaterThan(end - step * 1_000);
      expect(clock.now()).toBeLessThanOrEqual(end);
      expect(clock.pending).toBe(0);
    });

    it('does not send what has expired before there was a webhook', async () => {
      await sendKeyboard();
      desk.agent('Ann').press(1, 'A');
      write('hello');
      clock.advance(150_000);
      const received = await receive(() => void setWebhook());
      received.response.end();
      await telegram.idle();
      expect(webhook.received.map(({ body }) => textOf(body))).toEqual(['hello']);
    });

    it('lets the one behind an expired update begin anew', async () => {
      await setWebhook();
      await failTwice(() => write('poison'));
      write('behind it');
      let poisonous = await receive(() => clock.advance(2_000));
      for (let hour = 1; hour <= 23; hour++) {
        poisonous.response.writeHead(500, { 'Retry-After': '3600' }).end();
        await telegram.settled();
        poisonous = await receive(() => clock.advance(HOUR_MS));
      }
      expect(textOf(poisonous.body)).toBe('poison');
      const behind = webhook.next();
      poisonous.response.writeHead(500, { 'Retry-After': '3600' }).end();
      const { body, response } = await behind;
      expect(textOf(body)).toBe('behind it');
      const again = webhook.next();
      response.writeHead(500).end();
      expect(textOf((await again).body)).toBe('behind it');
    });
  });

  describe('of chats beyond twice its connections', () => {
    it('looks at none while so many others wait for their next try', async () => {
      await setWebhook({ max_connections: 2 });
      const chats = createChats(4);
      await poison(chats);
      write('starved');
      expect(clock.pending).toBe(4);
      clock.advance(HOUR_MS - 1);
      expect(webhook.received).toHaveLength(4);
      const fifth = await receive(() => clock.advance(1));
      expect(textOf(fifth.body)).toBe('poison');
      await until(() => {
        for (const { response } of webhook.received) response.end();
        return telegram.bot.pendingUpdates === 0;
      });
      expect(webhook.received.map(({ body }) => textOf(body))).toContain('starved');
    });

    it('looks at one less than that', async () => {
      await setWebhook({ max_connections: 2 });
      await poison(createChats(3));
      const received = await receive(() => write('served'));
      expect(textOf(received.body)).toBe('served');
    });

    it('looks at them again when those before have expired', async () => {
      await setWebhook({ max_connections: 1 });
      for (const index of [0, 1]) {
        const name = `Ann ${index}`;
        await client.call('sendMessage', {
          chat_id: desk.id,
          text: 'press',
          reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] },
        });
        const received = await receive(() => void desk.agent(name).press(index + 1, 'A'));
        received.response.writeHead(500, { 'Retry-After': '3600' }).end();
        await telegram.settled();
      }
      expect(telegram.bot.pendingUpdates).toBe(0);
      const received = await receive(() => write('served'));
      expect(textOf(received.body)).toBe('served');
    });
  });
});

function repeat(status: number, times: number): number[] {
  return Array.from({ length: times }, () => status);
}

/** Until the connection is gone on both sides. */
function gone({ response }: ReceivedUpdate): Promise<void> {
  return until(() => response.destroyed || response.socket?.destroyed !== false);
}
