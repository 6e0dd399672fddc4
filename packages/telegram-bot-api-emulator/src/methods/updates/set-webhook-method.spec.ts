import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import { VirtualClock } from '../../time/virtual-clock.js';

const HOOK = 'https://desk.example/hook';
const BAD = 'Bad Request: bad webhook: ';

describe('SetWebhookMethod', () => {
  let telegram: BotApiEmulator;
  let clock: VirtualClock;

  beforeEach(async () => {
    clock = new VirtualClock();
    telegram = await BotApiEmulator.start({ clock });
  });

  afterEach(() => telegram.stop());

  async function call(method: string, params: object = {}): Promise<unknown> {
    const response = await fetch(`${telegram.apiRoot}/bot${telegram.bot.token}/${method}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(params),
    });
    return response.json();
  }

  /** A second after the one before, as often as Telegram takes it. */
  function setWebhook(params: object): Promise<unknown> {
    clock.advance(1_000);
    return call('setWebhook', params);
  }

  it('sets a webhook and says how it is doing', async () => {
    expect(await setWebhook({ url: HOOK })).toEqual({
      ok: true,
      result: true,
      description: 'Webhook was set',
    });
    expect(await call('getWebhookInfo')).toEqual({
      ok: true,
      result: {
        url: HOOK,
        has_custom_certificate: false,
        pending_update_count: 0,
        max_connections: 40,
        ip_address: '<unknown>',
      },
    });
  });

  it('says so when nothing changes, and takes the kinds of updates all the same', async () => {
    await setWebhook({ url: HOOK, secret_token: 'a' });
    expect(
      await setWebhook({ url: HOOK, secret_token: 'a', allowed_updates: ['message'] }),
    ).toMatchObject({ description: 'Webhook is already set' });
    expect(await call('getWebhookInfo')).toMatchObject({
      result: { allowed_updates: ['message'] },
    });
    expect(await setWebhook({ url: HOOK, secret_token: 'b' })).toMatchObject({
      description: 'Webhook was set',
    });
  });

  it('deletes a webhook, also by an empty URL', async () => {
    await setWebhook({ url: HOOK });
    expect(await call('deleteWebhook')).toEqual({
      ok: true,
      result: true,
      description: 'Webhook was deleted',
    });
    expect(await call('deleteWebhook')).toMatchObject({
      description: 'Webhook is already deleted',
    });
    await setWebhook({ url: HOOK });
    expect(await call('setWebhook', { url: '' })).toMatchObject({
      description: 'Webhook was deleted',
    });
    expect(await call('getWebhookInfo')).toEqual({
      ok: true,
      result: { url: '', has_custom_certificate: false, pending_update_count: 0 },
    });
  });

  it('takes one webhook a second, however good it is', async () => {
    await setWebhook({ url: HOOK });
    expect(await call('setWebhook', { url: HOOK })).toEqual({
      ok: false,
      error_code: 429,
      description: 'Too Many Requests: retry after 1',
      parameters: { retry_after: 1 },
    });
    expect(await call('deleteWebhook')).toMatchObject({ ok: true });
  });

  it.each([
    ['0', 1],
    ['-3', 1],
    ['1000', 100],
    ['7', 7],
    ['nonsense', 1],
  ])('makes of %s connections %i', async (asked, connections) => {
    await setWebhook({ url: HOOK, max_connections: asked });
    expect(await call('getWebhookInfo')).toMatchObject({
      result: { max_connections: connections },
    });
  });

  it.each([
    [{ url: 'ftp://desk.example' }, 'Bad Request: invalid webhook URL specified'],
    [{ url: HOOK, secret_token: 'a b' }, 'Bad Request: secret token contains unallowed characters'],
    [{ url: 'https://10.0.0.7/' }, `${BAD}IP address 10.0.0.7 is reserved`],
    [{ url: 'https://192.168.1.1/' }, `${BAD}IP address 192.168.1.1 is reserved`],
  ])('refuses %j', async (params, description) => {
    expect(await setWebhook(params)).toEqual({ ok: false, error_code: 400, description });
  });

  it.each([
    'desk.example/hook',
    'https://desk.example:8443/',
    'https://1.2.3.4:88/',
    'http://127.0.0.1:1/',
    'http://localhost:3000/hook',
  ])('takes %s', async (url) => {
    expect(await setWebhook({ url })).toMatchObject({ ok: true });
    expect(await call('getWebhookInfo')).toMatchObject({ result: { url } });
  });

  it('keeps to the rules on this machine, too, with requireHttps', async () => {
    await telegram.stop();
    telegram = await BotApiEmulator.start({ clock, requireHttps: true });
    const descriptions = [
      ['http://localhost:3000/', 'An HTTPS URL must be provided for webhook'],
      ['https://localhost:3000/', 'Webhook can be set up only on ports 80, 88, 443 or 8443'],
      ['https://localhost:8443/', 'IP address 127.0.0.1 is reserved'],
    ] as const;
    for (const [url, description] of descriptions) {
      expect(await setWebhook({ url })).toMatchObject({ description: BAD + description });
    }
  });

  it('takes the old webhook down, and drops what waits, before it refuses the new one', async () => {
    await setWebhook({ url: HOOK });
    telegram.deliver({ update_id: 1 });
    await setWebhook({ url: 'http://desk.example/', drop_pending_updates: true });
    expect(await call('getWebhookInfo')).toMatchObject({
      result: { url: '', pending_update_count: 0 },
    });
  });

  it('keeps what waits, unless drop_pending_updates is set', async () => {
    telegram.deliver({ update_id: 1 });
    await setWebhook({ url: HOOK });
    await call('deleteWebhook');
    expect(await call('getWebhookInfo')).toMatchObject({ result: { pending_update_count: 1 } });
    await call('deleteWebhook', { drop_pending_updates: 'True' });
    expect(await call('getWebhookInfo')).toMatchObject({ result: { pending_update_count: 0 } });
  });

  async function allowed(allowed_updates: unknown): Promise<unknown> {
    await setWebhook({ url: HOOK, allowed_updates });
    return call('getWebhookInfo');
  }

  describe('allowed updates', () => {
    it.each([
      [['message', 'no_such_kind'], ['message']],
      [
        ['poll', 'message'],
        ['message', 'poll'],
      ],
      ['["message_reaction"]', ['message_reaction']],
    ])('takes of %j %j', async (asked, kinds) => {
      expect(await allowed(asked)).toMatchObject({ result: { allowed_updates: kinds } });
    });

    it.each([[[]], [['no_such_kind']]])('takes %j for the default', async (asked) => {
      await allowed(['message']);
      expect(await allowed(asked)).not.toHaveProperty('result.allowed_updates');
    });

    it.each([undefined, 'nonsense', '"message"', ['poll', 1], { poll: true }])(
      'leaves the setting as it was for %j',
      async (asked) => {
        await allowed(['message']);
        expect(await allowed(asked)).toMatchObject({ result: { allowed_updates: ['message'] } });
      },
    );

    it('does not forget the setting with the webhook', async () => {
      await allowed(['message']);
      await call('deleteWebhook');
      expect(await call('getWebhookInfo')).toMatchObject({
        result: { allowed_updates: ['message'] },
      });
    });

    it('filters updates when they are created, not when they are delivered', async () => {
      const desk = telegram.createGroup({ title: 'Desk' });
      await allowed(['poll']);
      desk.agent('Ann').write('not taken');
      expect(await allowed(['message'])).toMatchObject({ result: { pending_update_count: 0 } });
      desk.agent('Ann').write('taken');
      expect(await allowed(['poll'])).toMatchObject({ result: { pending_update_count: 1 } });
    });
  });
});
