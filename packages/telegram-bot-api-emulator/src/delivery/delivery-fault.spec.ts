import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ScriptedWebhook, textOf, until } from '../../test/support/scripted-webhook.js';
import { WireClient } from '../../test/support/wire-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';
import type { WebhookDelivery } from './webhook-delivery.js';

describe('EmulatedBot.failNextDelivery', () => {
  let telegram: BotApiEmulator;
  let clock: VirtualClock;
  let client: WireClient;
  let webhook: ScriptedWebhook;
  let desk: EmulatedChat;

  beforeEach(async () => {
    clock = new VirtualClock();
    telegram = await BotApiEmulator.start({ clock, waitTimeoutMs: 20_000 });
    client = new WireClient(telegram);
    desk = telegram.createGroup({ title: 'Desk' });
    webhook = new ScriptedWebhook();
    const url = await webhook.listen();
    await client.call('setWebhook', { url });
    // After a success a lost connection is replaced at once.
    const taken = take();
    telegram.deliver('first');
    await taken;
    await telegram.idle();
    telegram.bot.restartUpdateIds(100);
  });

  afterEach(async () => {
    await telegram.stop();
    await webhook.close();
  });

  /** Answers the next update with 200; resolves with its text. */
  async function take(body = ''): Promise<string | undefined> {
    const received = await webhook.next();
    received.response.writeHead(200, { 'Content-Type': 'application/json' }).end(body);
    return textOf(received.body);
  }

  const write = (text: string, chat = desk): void => void chat.agent('Ann').write(text);
  /** Those after the first, with which every test begins. */
  const deliveries = (): WebhookDelivery[] => telegram.deliveries.slice(1);
  const ids = (): unknown[] => deliveries().map(({ update }) => update?.update_id);
  const statuses = (): unknown[] => deliveries().map(({ status }) => status);

  describe('drop', () => {
    it('loses the answer, so that the same update comes again', async () => {
      telegram.bot.failNextDelivery({ kind: 'drop' });
      const taken = [take(), take()];
      write('hello');
      expect(await Promise.all(taken)).toEqual(['hello', 'hello']);
      await telegram.idle();
      expect(ids()).toEqual([100, 100]);
      expect(deliveries()).toMatchObject([
        { status: 200, error: 'Connection reset by peer' },
        { status: 200 },
      ]);
      expect(deliveries()[1]).not.toHaveProperty('error');
      expect(await client.call('getWebhookInfo')).toMatchObject({
        result: { pending_update_count: 0, last_error_message: 'Connection reset by peer' },
      });
    });

    it('loses the method that the answer holds', async () => {
      telegram.bot.failNextDelivery({ kind: 'drop' });
      const taken = [
        take(`{"method":"sendMessage","chat_id":${desk.id},"text":"lost"}`),
        take(`{"method":"sendMessage","chat_id":${desk.id},"text":"performed"}`),
      ];
      write('hello');
      await Promise.all(taken);
      await desk.waitForMessage(({ text }) => text === 'performed');
      expect(desk.messages.map(({ text }) => text)).toEqual(['hello', 'performed']);
    });

    it('meets as many deliveries as planned, each after the usual wait', async () => {
      telegram.bot.failNextDelivery({ kind: 'drop' }, 3);
      const taken = Array.from({ length: 4 }, () => take());
      write('hello');
      await taken[1];
      await telegram.settled();
      clock.advance(2_000);
      await taken[2];
      await telegram.settled();
      clock.advance(4_000);
      await taken[3];
      await telegram.idle();
      expect(ids()).toEqual([100, 100, 100, 100]);
    });
  });

  describe('duplicate', () => {
    it('brings the same update once more after it was taken', async () => {
      telegram.bot.failNextDelivery({ kind: 'duplicate' });
      const taken = [take(), take(), take()];
      write('hello');
      write('behind it');
      expect(await Promise.all(taken)).toEqual(['hello', 'hello', 'behind it']);
      await telegram.idle();
      expect(ids()).toEqual([100, 100, 101]);
      expect(statuses()).toEqual([200, 200, 200]);
      expect(await client.call('getWebhookInfo')).not.toHaveProperty('result.last_error_message');
    });

    it('brings it under an id of its own, behind what waits, when newUpdateId is set', async () => {
      telegram.bot.failNextDelivery({ kind: 'duplicate', newUpdateId: true });
      const taken = [take(), take(), take()];
      write('hello');
      write('behind it');
      expect(await Promise.all(taken)).toEqual(['hello', 'behind it', 'hello']);
      await telegram.idle();
      expect(ids()).toEqual([100, 101, 102]);
    });

    it('brings the press of a button twice, with one query id', async () => {
      await client.call('sendMessage', {
        chat_id: desk.id,
        text: 'press',
        reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] },
      });
      telegram.bot.failNextDelivery({ kind: 'duplicate', newUpdateId: true });
      const taken = [take(), take()];
      const press = desk.agent('Ann').press(1, 'A');
      await Promise.all(taken);
      await telegram.idle();
      expect(deliveries().map(({ update }) => update)).toMatchObject([
        { update_id: 100, callback_query: { id: press.id } },
        { update_id: 101, callback_query: { id: press.id } },
      ]);
    });

    it('is spent on a delivery that fails by itself', async () => {
      telegram.bot.failNextDelivery({ kind: 'duplicate' });
      const arrival = webhook.next();
      write('hello');
      const taken = take();
      (await arrival).response.writeHead(500).end();
      await taken;
      await telegram.idle();
      expect(statuses()).toEqual([500, 200]);
    });
  });

  describe('reorder', () => {
    it('lets the next update of the key go first, as soon as there is one', async () => {
      telegram.bot.failNextDelivery({ kind: 'reorder' });
      write('first');
      expect(deliveries()).toEqual([]);
      const taken = [take(), take(), take()];
      write('second');
      write('third');
      expect(await Promise.all(taken)).toEqual(['second', 'first', 'third']);
      await telegram.idle();
      expect(ids()).toEqual([101, 100, 102]);
    });

    it('holds up the updates of no other key', async () => {
      const other = telegram.createGroup({ title: 'Other' });
      telegram.bot.failNextDelivery({ kind: 'reorder' });
      write('held');
      const elsewhere = [take(), take()];
      write('one', other);
      write('two', other);
      expect(await Promise.all(elsewhere)).toEqual(['one', 'two']);
      await until(() => !deliveries().some(({ status }) => status === null));
      const taken = [take(), take()];
      write('after it');
      expect(await Promise.all(taken)).toEqual(['after it', 'held']);
      await telegram.idle();
    });

    it('happens as often as planned', async () => {
      telegram.bot.failNextDelivery({ kind: 'reorder' }, 2);
      write('first');
      const taken = [take(), take(), take()];
      write('second');
      expect(await taken[0]).toBe('second');
      await telegram.settled();
      expect(deliveries()).toHaveLength(1);
      write('third');
      expect(await Promise.all(taken)).toEqual(['second', 'third', 'first']);
    });

    it('survives that another webhook is set', async () => {
      telegram.bot.failNextDelivery({ kind: 'reorder' });
      write('first');
      clock.advance(1_000);
      const info = await client.call('getWebhookInfo');
      const url = /"url":"([^"]*)"/.exec(JSON.stringify(info))?.[1];
      await client.call('setWebhook', { url, secret_token: 'new' });
      expect(deliveries()).toEqual([]);
      const taken = [take(), take()];
      write('second');
      expect(await Promise.all(taken)).toEqual(['second', 'first']);
    });
  });

  it('plans faults one after the other', async () => {
    telegram.bot.failNextDelivery({ kind: 'drop' });
    telegram.bot.failNextDelivery({ kind: 'duplicate' });
    const taken = [take(), take(), take(), take()];
    write('one');
    write('two');
    expect(await Promise.all(taken)).toEqual(['one', 'one', 'one', 'two']);
    await telegram.idle();
    expect(statuses()).toEqual([200, 200, 200, 200]);
  });
});
