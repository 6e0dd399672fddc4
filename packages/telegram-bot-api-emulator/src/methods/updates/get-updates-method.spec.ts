import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ScriptedWebhook, until } from '../../../test/support/scripted-webhook.js';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import type { EmulatedChat } from '../../chats/emulated-chat.js';
import { VirtualClock } from '../../time/virtual-clock.js';

const WEBHOOK_ACTIVE =
  "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
const OTHER_POLL =
  'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';

describe('GetUpdatesMethod', () => {
  let telegram: BotApiEmulator;
  let clock: VirtualClock;
  let client: WireClient;
  let desk: EmulatedChat;

  beforeEach(async () => {
    clock = new VirtualClock();
    telegram = await BotApiEmulator.start({ clock, waitTimeoutMs: 20_000 });
    client = new WireClient(telegram);
    desk = telegram.createGroup({ title: 'Desk' });
    telegram.bot.restartUpdateIds(1_000);
  });

  afterEach(() => telegram.stop());

  const poll = (params: object = {}, signal?: AbortSignal): Promise<unknown> =>
    client.call('getUpdates', params, signal);
  /** Starts a poll that has no answer yet; resolves when the emulator has it. */
  async function startPoll(params: object = {}): Promise<{ answer: Promise<unknown> }> {
    const before = telegram.calls.length;
    const answer = poll({ timeout: 50, ...params });
    await until(() => telegram.calls.length > before);
    return { answer };
  }

  it('brings updates as they are', async () => {
    const message = desk.agent('Ann').write('hello');
    expect(await poll()).toEqual({ ok: true, result: [{ update_id: 1_000, message }] });
  });

  it('brings the rest when the offset confirms some', async () => {
    for (const text of ['one', 'two', 'three']) desk.agent('Ann').write(text);
    expect(await poll({ limit: 2 })).toMatchObject(texts('one', 'two'));
    expect(await poll({ offset: 1_002 })).toMatchObject(texts('three'));
    expect(telegram.bot.pendingUpdates).toBe(1);
    expect(await poll({ offset: -1 })).toMatchObject(texts('three'));
    expect(await poll({ offset: 1_003 })).toEqual({ ok: true, result: [] });
    expect(telegram.bot.pendingUpdates).toBe(0);
  });

  it.each([
    [0, 1],
    [-5, 1],
    [7, 7],
    [100, 100],
    [1_000, 100],
    ['nonsense', 1],
  ])('makes of a limit of %s one of %i', async (limit, count) => {
    for (let written = 0; written < 101; written++) desk.agent('Ann').write('x');
    expect(await poll({ limit })).toMatchObject({ result: { length: count } });
  });

  it.each([
    [-3, 0],
    [1, 1],
    [50, 50],
    [1_000, 50],
  ])('makes of a timeout of %i seconds one of %i', async (timeout, seconds) => {
    const before = clock.now();
    const answer = poll({ timeout });
    await until(() => clock.pending === (seconds > 0 ? 1 : 0));
    clock.advanceToNext();
    expect(await answer).toEqual({ ok: true, result: [] });
    expect(clock.now() - before).toBe(seconds * 1_000);
  });

  it('waits for the first update to come', async () => {
    const { answer } = await startPoll();
    desk.agent('Ann').write('hello');
    expect(await answer).toMatchObject(texts('hello'));
    expect(clock.pending).toBe(0);
  });

  it('waits three seconds when the same offset comes again', async () => {
    expect(await poll({ offset: 5 })).toEqual({ ok: true, result: [] });
    const { answer } = await startPoll({ offset: 5, timeout: 0 });
    clock.advance(3_000);
    expect(await answer).toEqual({ ok: true, result: [] });
  });

  it('loses nothing when the client goes away', async () => {
    const gone = new AbortController();
    const end = Promise.allSettled([poll({ timeout: 50 }, gone.signal)]);
    await until(() => clock.pending === 1);
    gone.abort();
    expect(await end).toMatchObject([{ status: 'rejected' }]);
    await until(() => clock.pending === 0);
    desk.agent('Ann').write('hello');
    expect(await poll({ timeout: 50 })).toMatchObject(texts('hello'));
  });

  it('brings no presses that nobody has taken for 150 seconds', async () => {
    await client.call('sendMessage', {
      chat_id: desk.id,
      text: 'press',
      reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] },
    });
    desk.agent('Ann').press(1, 'A');
    desk.agent('Ann').write('hello');
    clock.advance(150_000);
    expect(await poll()).toMatchObject(texts('hello'));
    expect(telegram.bot.pendingUpdates).toBe(1);
  });

  it('takes over the kinds that the bot wants to have', async () => {
    await poll({ allowed_updates: ['poll'] });
    desk.agent('Ann').write('not taken');
    expect(await poll({ offset: 1, allowed_updates: [] })).toEqual({ ok: true, result: [] });
    desk.agent('Ann').write('taken');
    expect(await poll({ offset: 2 })).toMatchObject(texts('taken'));
  });

  it('finds updates whose ids are lower than those before', async () => {
    desk.agent('Ann').write('before');
    telegram.bot.restartUpdateIds(10);
    expect(await poll({ offset: 1_001 })).toEqual({ ok: true, result: [] });
    desk.agent('Ann').write('after');
    expect(await poll({ offset: 1_002 })).toMatchObject({ result: [{ update_id: 10 }] });
  });

  describe('conflicts', () => {
    it('come of another poll that waits', async () => {
      const { answer } = await startPoll();
      const { answer: other } = await startPoll({ offset: 1 });
      expect(await answer).toEqual({ ok: false, error_code: 409, description: OTHER_POLL });
      desk.agent('Ann').write('hello');
      expect(await other).toMatchObject(texts('hello'));
    });

    it('come of a webhook that is set', async () => {
      const { answer } = await startPoll();
      await client.call('setWebhook', { url: 'https://desk.example/' });
      expect(await answer).toEqual({
        ok: false,
        error_code: 409,
        description: 'Conflict: terminated by setWebhook request',
      });
    });

    it('come of a webhook that is there, the second time three seconds late', async () => {
      await client.call('setWebhook', { url: 'https://desk.example/' });
      const conflict = { ok: false, error_code: 409, description: WEBHOOK_ACTIVE };
      expect(await poll()).toEqual(conflict);
      const { answer: second } = await startPoll();
      clock.advance(3_000);
      expect(await second).toEqual(conflict);
      expect(await poll()).toEqual(conflict);
      await client.call('deleteWebhook');
      expect(await poll()).toEqual({ ok: true, result: [] });
    });

    it('leave the updates, and the kinds that are taken, as they are', async () => {
      desk.agent('Ann').write('hello');
      await client.call('setWebhook', { url: 'https://desk.example/' });
      await poll({ offset: 1_001, allowed_updates: ['poll'] });
      await client.call('deleteWebhook');
      expect(await client.call('getWebhookInfo')).not.toHaveProperty('result.allowed_updates');
      expect(await poll()).toMatchObject(texts('hello'));
    });

    it('of one bot are none of another', async () => {
      await telegram.stop();
      telegram = await BotApiEmulator.start({ clock, bots: [{}, { username: 'other_bot' }] });
      client = new WireClient(telegram);
      const other = new WireClient(telegram, telegram.bots[1]);
      const { answer } = await startPoll();
      expect(await other.call('getUpdates')).toEqual({ ok: true, result: [] });
      telegram.deliver({ update_id: 7 });
      expect(await answer).toEqual({ ok: true, result: [{ update_id: 7 }] });
    });
  });

  it('stops while a poll waits, and while a conflict is late', async () => {
    await client.call('setWebhook', { url: 'https://desk.example/' });
    await poll();
    const { answer: late } = await startPoll();
    await client.call('deleteWebhook');
    const { answer: waiting } = await startPoll();
    const ends = Promise.allSettled([late, waiting]);
    await telegram.stop();
    expect(await ends).toMatchObject([{ status: 'rejected' }, {}]);
    expect(clock.pending).toBe(0);
  });

  it('goes to the webhook, not to a poll, once there is one', async () => {
    const webhook = new ScriptedWebhook();
    const url = await webhook.listen();
    desk.agent('Ann').write('hello');
    expect(await poll()).toMatchObject(texts('hello'));
    const arrival = webhook.next();
    await client.call('setWebhook', { url });
    (await arrival).response.end();
    await telegram.idle();
    await client.call('deleteWebhook');
    expect(await poll({ offset: 1 })).toEqual({ ok: true, result: [] });
    await webhook.close();
  });
});

function texts(...expected: readonly string[]): object {
  return { result: expected.map((text) => ({ message: { text } })) };
}
