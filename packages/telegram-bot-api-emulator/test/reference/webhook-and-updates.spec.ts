import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  accepted,
  type ReferenceAnswer,
  ReferenceDesk,
  refused,
  START,
} from '../support/reference-desk.js';
import { ReferenceWebhook } from '../support/reference-webhook.js';

/*
 * Facts about the Bot API's own server: setWebhook, deleteWebhook, getWebhookInfo
 * and getUpdates. Sources are files of tdlib/telegram-bot-api.
 * `set-webhook-method.spec.ts` has more URLs, `webhook-dispatcher.spec.ts` more of deliveries.
 */

const HOOK = 'https://desk.example/hook';
const BAD = 'Bad Request: bad webhook: ';
/** A byte more than a certificate may have. */
const LARGE = (3 << 20) + 1;
const WEBHOOK_IS_ACTIVE = refused(
  409,
  "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
);
const OTHER_POLL = refused(
  409,
  'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
);

describe('Settings of a webhook and what updates it gets', () => {
  let desk: ReferenceDesk;

  beforeEach(async () => {
    desk = await ReferenceDesk.start();
  });

  afterEach(() => desk.stop());

  /** A second after the one before, as often as Telegram takes it. */
  function setWebhook(params: object): Promise<ReferenceAnswer> {
    desk.clock.advance(1_000);
    return desk.call('setWebhook', params);
  }

  const info = (): Promise<unknown> => desk.result('getWebhookInfo');

  /** The same with a certificate. */
  async function certificate(
    bytes: number,
    fields: Record<string, string>,
  ): Promise<ReferenceAnswer> {
    desk.clock.advance(1_000);
    const file = new File([new Uint8Array(bytes)], 'cert.pem');
    return desk.upload('setWebhook', { certificate: file, ...fields });
  }

  /** Asks for updates and goes on once the server has got the call. */
  async function poll(params: object): Promise<{ answer: Promise<ReferenceAnswer> }> {
    const calls = desk.telegram.calls.length;
    const answer = desk.call('getUpdates', params);
    await desk.received(calls + 1);
    return { answer };
  }

  const statusOfLast = (): unknown => desk.telegram.calls.at(-1)?.status;

  describe('setWebhook', () => {
    it('takes one with a URL per second, before anything else (15732-39)', async () => {
      await setWebhook({ url: HOOK });
      const flood = refused(429, 'Too Many Requests: retry after 1', { retry_after: 1 });
      expect(await desk.call('setWebhook', { url: HOOK })).toEqual(flood);
      expect(await desk.call('setWebhook', { url: 'ftp://x' })).toEqual(flood);
      desk.clock.advance(999);
      expect(await desk.call('setWebhook', { url: HOOK })).toEqual(flood);
      expect(await desk.call('setWebhook')).toEqual(accepted(true, 'Webhook was deleted'));
      desk.clock.advance(1);
      expect(await desk.call('setWebhook', { url: HOOK })).toEqual(
        accepted(true, 'Webhook was set'),
      );
    });

    it('says that nothing changes, and takes allowed_updates all the same (15758-70)', async () => {
      await setWebhook({ url: HOOK });
      const again = await setWebhook({ url: HOOK, allowed_updates: ['poll'] });
      expect(again).toEqual(accepted(true, 'Webhook is already set'));
      expect(await info()).toMatchObject({ allowed_updates: ['poll'] });
      await desk.call('deleteWebhook');
      const empty = accepted(true, 'Webhook is already deleted');
      expect(await desk.call('setWebhook', { url: '' })).toEqual(empty);
      expect(await desk.call('deleteWebhook')).toEqual(empty);
    });

    it.each<[what: string, params: object]>([
      ['another secret', { secret_token: 'b' }],
      ['another number of connections', { max_connections: 7 }],
      ['another address', { ip_address: '5.6.7.8' }],
      ['another URL', { url: 'https://desk.example/other' }],
      ['dropping what waits', { drop_pending_updates: true }],
    ])('takes %s for a change (15758-70)', async (_what, change) => {
      await setWebhook({ url: HOOK });
      expect(await setWebhook({ url: HOOK, ...change })).toEqual(accepted(true, 'Webhook was set'));
    });

    it('takes a certificate, now or before, for a change (15758-70)', async () => {
      await setWebhook({ url: HOOK });
      const wasSet = accepted(true, 'Webhook was set');
      expect(await certificate(5, { url: HOOK })).toEqual(wasSet);
      expect(await info()).toMatchObject({ has_custom_certificate: true });
      expect(await setWebhook({ url: HOOK })).toEqual(wasSet);
      expect(await info()).toMatchObject({ has_custom_certificate: false });
    });

    it('takes the old webhook down and drops the queue before it looks at the new one (15785-95, 15944-57, 16006)', async () => {
      await setWebhook({ url: HOOK });
      desk.group.agent('Bob').write('hi');
      const bad = refused(400, 'Bad Request: invalid webhook URL specified');
      expect(await setWebhook({ url: 'ftp://x', drop_pending_updates: true })).toEqual(bad);
      expect(await info()).toEqual({
        url: '',
        has_custom_certificate: false,
        pending_update_count: 0,
      });
    });

    it.each<[params: Record<string, string>, source: string, description: string]>([
      [{ url: 'https://' }, '16016', 'Bad Request: invalid webhook URL specified'],
      [
        { url: HOOK, secret_token: 'x'.repeat(257) },
        '16016',
        'Bad Request: secret token is too long',
      ],
      [
        { url: HOOK, secret_token: 'é' },
        '16016',
        'Bad Request: secret token contains unallowed characters',
      ],
      [
        { url: 'http://desk.example' },
        'WebhookActor.cpp:705-716',
        `${BAD}An HTTPS URL must be provided for webhook`,
      ],
      [
        { url: 'https://desk.example:3000' },
        'WebhookActor.cpp:705-716',
        `${BAD}Webhook can be set up only on ports 80, 88, 443 or 8443`,
      ],
      [
        { url: HOOK, ip_address: '127.0.0.1' },
        'WebhookActor.cpp:772-789',
        `${BAD}IP address 127.0.0.1 is reserved`,
      ],
      [
        { url: 'https://[2001:db8::1]/' },
        'WebhookActor.cpp:772-789',
        `${BAD}IPv6-only addresses are not allowed`,
      ],
      [
        { url: HOOK, ip_address: '1.2.3' },
        'WebhookActor.cpp:772-789',
        `${BAD}Invalid IP address specified`,
      ],
    ])('refuses %j (%s)', async (params, _source, description) => {
      expect(await setWebhook(params)).toEqual(refused(400, description));
    });

    it.each<[fault: string, size: number, fields: Record<string, string>, description: string]>([
      [
        'a bad URL before a long secret',
        LARGE,
        { url: 'ftp://x', secret_token: 'x y'.repeat(100) },
        'Bad Request: invalid webhook URL specified',
      ],
      [
        'a long secret before its characters',
        LARGE,
        { url: 'http://desk.example', secret_token: 'x y'.repeat(100) },
        'Bad Request: secret token is too long',
      ],
      [
        'a bad secret before a large certificate',
        LARGE,
        { url: 'http://desk.example', secret_token: 'x y' },
        'Bad Request: secret token contains unallowed characters',
      ],
      [
        'a large certificate before a bad place',
        LARGE,
        { url: 'http://desk.example' },
        'Bad Request: certificate size is too big (3145729 bytes)',
      ],
      [
        'a bad protocol before a bad port',
        5,
        { url: 'http://desk.example:3000' },
        `${BAD}An HTTPS URL must be provided for webhook`,
      ],
      [
        'a bad port before a bad address',
        5,
        { url: 'https://desk.example:3000', ip_address: '10.0.0.1' },
        `${BAD}Webhook can be set up only on ports 80, 88, 443 or 8443`,
      ],
    ])('finds %s (16016, 15961)', async (_fault, size, fields, description) => {
      expect(await certificate(size, fields)).toEqual(refused(400, description));
    });

    it('takes a URL without a scheme for https, and no secret (16016)', async () => {
      await setWebhook({ url: 'desk.example/hook', secret_token: '' });
      expect(await info()).toMatchObject({ url: 'desk.example/hook' });
    });

    it('succeeds before anything is delivered, even to a dead end (WebhookActor.cpp:238-243)', async () => {
      const dead = await ReferenceWebhook.start(desk);
      await dead.stop();
      expect(await setWebhook({ url: `${dead.root}/hook` })).toEqual(
        accepted(true, 'Webhook was set'),
      );
      expect(await info()).not.toHaveProperty('last_error_message');
    });

    it.each([
      [undefined, 40],
      ['', 40],
      [0, 1],
      [1000, 100],
    ])('makes of %j connections %i (15988, telegram-bot-api.cpp:445)', async (asked, kept) => {
      await setWebhook({ url: HOOK, max_connections: asked });
      expect(await info()).toMatchObject({ max_connections: kept });
    });

    it('sticks to the address it was given (15988)', async () => {
      await setWebhook({ url: HOOK, ip_address: '5.6.7.8' });
      expect(await info()).toMatchObject({ ip_address: '5.6.7.8' });
    });
  });

  describe('allowed_updates', () => {
    it.each([undefined, 'nonsense', '"poll"', ['message', 1], { poll: true }])(
      'keeps the setting for %j (16889-16946)',
      async (asked) => {
        await setWebhook({ url: HOOK, allowed_updates: ['poll'] });
        await setWebhook({ url: HOOK, allowed_updates: asked });
        expect(await info()).toMatchObject({ allowed_updates: ['poll'] });
      },
    );

    it.each([[[]], [['no_such_kind']]])(
      'takes %j for the default, which is left out (16889-16946)',
      async (asked) => {
        await setWebhook({ url: HOOK, allowed_updates: ['poll'] });
        await setWebhook({ url: HOOK, allowed_updates: asked });
        expect(await info()).not.toHaveProperty('allowed_updates');
      },
    );

    it('ignores unknown names among others (16889-16946)', async () => {
      await setWebhook({ url: HOOK, allowed_updates: ['no_such_kind', 'poll'] });
      expect(await info()).toMatchObject({ allowed_updates: ['poll'] });
    });

    it('is by default all but three kinds (Client.h:1456)', async () => {
      const bob = desk.supergroup.agent('Bob');
      const message = bob.write('hi');
      bob.react(message, '👍');
      desk.supergroup.join('Cid');
      expect(desk.telegram.bot.pendingUpdates).toBe(2);
      await desk.call('getUpdates', { allowed_updates: ['message_reaction', 'chat_member'] });
      bob.react(message, '👎');
      desk.supergroup.join('Dan');
      expect(desk.telegram.bot.pendingUpdates).toBe(4);
    });

    it('filters when an update is created, not when it is delivered (16889-16946)', async () => {
      await desk.call('getUpdates', { allowed_updates: ['poll'] });
      desk.group.agent('Bob').write('not taken');
      await desk.call('getUpdates', { allowed_updates: ['message'], offset: 1 });
      desk.group.agent('Bob').write('taken');
      await setWebhook({ url: HOOK, allowed_updates: ['poll'] });
      expect(await info()).toMatchObject({ pending_update_count: 1 });
    });

    it('is one setting for getUpdates and webhooks, which deleteWebhook leaves (16889-16946)', async () => {
      await desk.call('getUpdates', { allowed_updates: ['poll'] });
      expect(await info()).toMatchObject({ allowed_updates: ['poll'] });
      await setWebhook({ url: HOOK });
      await desk.call('deleteWebhook');
      expect(await info()).toMatchObject({ allowed_updates: ['poll'] });
    });

    it('is taken once the form of the webhook is right (16016, 15961)', async () => {
      await setWebhook({ url: 'http://desk.example', allowed_updates: ['poll'] });
      await setWebhook({ url: 'ftp://x', allowed_updates: ['message'] });
      expect(await info()).toMatchObject({ url: '', allowed_updates: ['poll'] });
    });
  });

  it('drops what waits with deleteWebhook, if drop_pending_updates is set', async () => {
    desk.group.agent('Bob').write('hi');
    expect(await desk.call('deleteWebhook')).toEqual(accepted(true, 'Webhook is already deleted'));
    expect(await info()).toMatchObject({ pending_update_count: 1 });
    await desk.call('deleteWebhook', { drop_pending_updates: true });
    expect(await info()).toMatchObject({ pending_update_count: 0 });
  });

  describe('getWebhookInfo', () => {
    it('always has three fields (5945-5980)', async () => {
      expect(await desk.call('getWebhookInfo')).toEqual(
        accepted({ url: '', has_custom_certificate: false, pending_update_count: 0 }),
      );
    });

    it('has connections and address only with a webhook (5945-5980)', async () => {
      await setWebhook({ url: HOOK });
      expect(await desk.call('getWebhookInfo')).toEqual(
        accepted({
          url: HOOK,
          has_custom_certificate: false,
          pending_update_count: 0,
          max_connections: 40,
          ip_address: '<unknown>',
        }),
      );
    });

    it('remembers an error after a success, but not after another webhook (5945-5980)', async () => {
      const webhook = await ReferenceWebhook.start(desk);
      try {
        await webhook.set();
        webhook.respond = (response) => {
          response.writeHead(webhook.received.length === 1 ? 500 : 200).end();
        };
        desk.group.agent('Bob').write('hi');
        await desk.telegram.idle();
        expect(await info()).toMatchObject({
          pending_update_count: 0,
          last_error_date: START,
          last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
        });
        await desk.call('deleteWebhook');
        expect(await info()).not.toHaveProperty('last_error_message');
      } finally {
        await webhook.stop();
      }
    });
  });

  describe('getUpdates', () => {
    it('is refused while there is a webhook, and later the second time within 3 s (16238)', async () => {
      await setWebhook({ url: HOOK });
      expect(await desk.call('getUpdates')).toEqual(WEBHOOK_IS_ACTIVE);
      desk.clock.advance(2_999);
      const second = await poll({});
      desk.clock.advance(2_999);
      expect(await desk.call('getUpdates')).toEqual(WEBHOOK_IS_ACTIVE);
      const [early, late] = desk.telegram.callsOf('getUpdates').slice(1);
      expect([early?.status, late?.status]).toEqual([null, 409]);
      desk.clock.advance(1);
      expect(await second.answer).toEqual(WEBHOOK_IS_ACTIVE);
    });

    it('ends the older poll when another one has to wait, later the second time within 3 s (16238)', async () => {
      const first = await poll({ timeout: 50 });
      const second = await poll({ timeout: 50, offset: 1 });
      expect(await first.answer).toEqual(OTHER_POLL);
      const third = await poll({ timeout: 50, offset: 2 });
      expect(desk.telegram.calls.map(({ status }) => status)).toEqual([409, null, null]);
      desk.clock.advance(3_000);
      expect(await second.answer).toEqual(OTHER_POLL);
      desk.clock.advance(47_000);
      expect(await third.answer).toEqual(accepted([]));
    });

    it('is ended by setWebhook (15785-95)', async () => {
      const waiting = await poll({ timeout: 50 });
      await setWebhook({ url: HOOK });
      expect(await waiting.answer).toEqual(
        refused(409, 'Conflict: terminated by setWebhook request'),
      );
    });

    it.each([
      [1, 1],
      [50, 50],
      [51, 50],
      ['99999999999', 50],
    ])('waits for a timeout of %j %i seconds (15660-15724)', async (timeout, seconds) => {
      const waiting = await poll({ timeout });
      desk.clock.advance(seconds * 1000 - 1);
      expect(statusOfLast()).toBe(null);
      desk.clock.advance(1);
      expect(await waiting.answer).toEqual(accepted([]));
    });

    it('waits not at all without a timeout, or a negative one (15660-15724)', async () => {
      expect(await desk.call('getUpdates')).toEqual(accepted([]));
      expect(await desk.call('getUpdates', { timeout: -5, offset: 1 })).toEqual(accepted([]));
    });

    it('waits 3 s at least when the same offset comes again within 3 s (15713-19)', async () => {
      await desk.call('getUpdates');
      desk.clock.advance(2_999);
      const again = await poll({ timeout: 1 });
      desk.clock.advance(2_999);
      expect(statusOfLast()).toBe(null);
      desk.clock.advance(1);
      expect(await again.answer).toEqual(accepted([]));
      expect(await desk.call('getUpdates')).toEqual(accepted([]));
    });

    it.each([
      [undefined, 100],
      [1000, 100],
      [0, 1],
      [7, 7],
    ])('gives for a limit of %j %i updates (15660-15724)', async (limit, count) => {
      for (let id = 1; id <= 101; id++) desk.telegram.deliver({ update_id: id });
      const ids = Array.from({ length: count }, (_, index) => ({ update_id: index + 1 }));
      expect(await desk.call('getUpdates', { limit })).toEqual(accepted(ids));
    });
  });
});
