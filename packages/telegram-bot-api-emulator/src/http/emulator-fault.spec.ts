import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';

describe('BotApiEmulator.failNext', () => {
  let telegram: BotApiEmulator;
  let clock: VirtualClock;
  let desk: EmulatedChat;

  beforeEach(async () => {
    clock = new VirtualClock();
    telegram = await BotApiEmulator.start({ clock, waitTimeoutMs: 20_000 });
    desk = telegram.createGroup({ title: 'Desk' });
  });

  afterEach(() => telegram.stop());

  function send(init: RequestInit = {}): Promise<Response> {
    return fetch(
      `${telegram.apiRoot}/bot${telegram.bot.token}/sendMessage?chat_id=${desk.id}&text=hi`,
      init,
    );
  }

  it('answers with an error', async () => {
    telegram.failNext('SendMessage', {
      kind: 'error',
      errorCode: 429,
      description: 'Too Many Requests: retry after 7',
      parameters: { retry_after: 7 },
    });
    const response = await send();
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7']);
    const envelope = {
      ok: false,
      error_code: 429,
      description: 'Too Many Requests: retry after 7',
      parameters: { retry_after: 7 },
    };
    expect(await response.json()).toEqual(envelope);
    expect(desk.messages).toEqual([]);
    expect(telegram.calls).toMatchObject([{ status: 429, response: envelope }]);
  });

  it('answers with the page of a proxy', async () => {
    telegram.failNext('sendMessage', { kind: 'html', status: 502 });
    const response = await send();
    expect([response.status, response.headers.get('content-type')]).toEqual([502, 'text/html']);
    expect(await response.text()).toContain('<h1>502 Bad Gateway</h1>');
    expect(telegram.calls).toMatchObject([{ status: 502, response: null }]);
  });

  it('never answers', async () => {
    telegram.failNext('sendMessage', { kind: 'hang' });
    const controller = new AbortController();
    const call = send({ signal: controller.signal });
    await telegram.waitForCall(() => true);
    controller.abort();
    await expect(call).rejects.toThrow('This operation was aborted');
    expect(telegram.calls).toMatchObject([{ status: null, response: null }]);
    expect(desk.messages).toEqual([]);
  });

  it.each([true, false])('cuts the connection, after performing the call: %s', async (perform) => {
    telegram.failNext('sendMessage', { kind: 'cut', perform });
    await expect(send()).rejects.toThrow('fetch failed');
    expect(desk.messages).toHaveLength(perform ? 1 : 0);
    expect(telegram.calls).toMatchObject([{ status: null, response: null }]);
  });

  it.each([true, false])('cuts the answer, after performing the call: %s', async (perform) => {
    telegram.failNext('sendMessage', { kind: 'truncate', perform });
    const response = await send();
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
    expect(desk.messages).toHaveLength(perform ? 1 : 0);
    expect(telegram.calls).toMatchObject([{ status: 200 }]);
  });

  it('sends the client elsewhere', async () => {
    telegram.failNext('sendMessage', { kind: 'redirect', location: 'http://127.0.0.1:1/' });
    const response = await send({ redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([
      302,
      'http://127.0.0.1:1/',
    ]);
    expect(desk.messages).toEqual([]);
  });

  it('answers later', async () => {
    telegram.failNext('sendMessage', { kind: 'delay', delayMs: 8_000 });
    const call = send();
    await telegram.waitForCall(() => true);
    clock.advance(7_999);
    expect([clock.pending, desk.messages.length]).toEqual([1, 0]);
    clock.advance(1);
    expect((await call).status).toBe(200);
    expect(desk.messages).toHaveLength(1);
  });

  it('stops while an answer is to come later', async () => {
    telegram.failNext('sendMessage', { kind: 'delay', delayMs: 8_000 });
    const call = send();
    await telegram.waitForCall(() => true);
    await telegram.stop();
    await expect(call).rejects.toThrow('fetch failed');
    expect(clock.pending).toBe(0);
  });

  it('plans faults one after the other, each for a number of calls', async () => {
    telegram.failNext('sendMessage', { kind: 'html', status: 500 }, 2);
    telegram.failNext('sendMessage', { kind: 'html', status: 503 });
    telegram.failNext('getMe', { kind: 'html', status: 504 });
    const statuses: number[] = [];
    for (let sent = 0; sent < 4; sent++) {
      const response = await send();
      await response.text();
      statuses.push(response.status);
    }
    expect(statuses).toEqual([500, 500, 503, 200]);
  });
});
