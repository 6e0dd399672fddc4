import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ReferenceDesk, START } from '../support/reference-desk.js';
import { ReferenceWebhook, type Respond } from '../support/reference-webhook.js';
import { createSelfSigned } from '../support/self-signed.js';

/*
 * Facts about the Bot API's own server: what is sent to a webhook, what counts as
 * taken, and what happens to the rest. Sources are lines of WebhookActor.cpp of
 * tdlib/telegram-bot-api unless another file is named.
 * `webhook-dispatcher.spec.ts` has more of the same.
 */

const HOUR = 60 * 60;
const fail: Respond = (response) => response.writeHead(500).end();

describe('Delivery to a webhook', () => {
  let desk: ReferenceDesk;
  let webhook: ReferenceWebhook;

  beforeEach(async () => {
    desk = await ReferenceDesk.start();
    webhook = await ReferenceWebhook.start(desk);
  });

  afterEach(async () => {
    await desk.stop();
    await webhook.stop();
  });

  const info = (): Promise<unknown> => desk.result('getWebhookInfo');
  const write = (text = 'hi') => desk.group.agent('Bob').write(text);

  /** Lets time pass up to the next try, as long as there is one. */
  async function exhaust(): Promise<void> {
    await desk.telegram.settled();
    while (desk.telegram.bot.pendingUpdates > 0) {
      desk.clock.advanceToNext();
      await desk.telegram.settled();
    }
  }

  /** The seconds after the first try at which each try was made. */
  function tries(): number[] {
    const [first] = desk.telegram.deliveries;
    return desk.telegram.deliveries.map(({ at }) => (at - (first?.at ?? 0)) / 1000);
  }

  describe('the request', () => {
    it('has this line, these headers in this order, and one update (525-583, WebhookActor.h:228-236)', async () => {
      await webhook.set({ url: `${webhook.root}/hook?a=b`, secret_token: 'Ab_-9' });
      const arrival = webhook.next();
      const message = write('é');
      const { line, rawHeaders, body, response } = await arrival;
      response.end();
      const id = desk.telegram.deliveries[0]?.update?.update_id;
      expect(line).toBe('POST /hook?a=b HTTP/1.1');
      expect(pairsOf(rawHeaders)).toEqual([
        ['Host', webhook.root.replace('http://', '')],
        ['X-Telegram-Bot-Api-Secret-Token', 'Ab_-9'],
        ['Content-Type', 'application/json'],
        ['Content-Length', String(Buffer.byteLength(body))],
        ['Connection', 'keep-alive'],
        ['Accept-Encoding', 'gzip, deflate'],
      ]);
      expect(body).toBe(`{"update_id":${id},\n"message":${JSON.stringify(message)}}`);
    });

    it('says who the user of the URL is, and no secret without one (525-583)', async () => {
      await webhook.set({ url: webhook.root.replace('127', 'ann:pw@127') });
      const arrival = webhook.next();
      write();
      const { line, rawHeaders, response } = await arrival;
      response.end();
      expect(line).toBe('POST / HTTP/1.1');
      expect(rawHeaders.slice(2, 4)).toEqual([
        'Authorization',
        `Basic ${Buffer.from('ann:pw').toString('base64')}`,
      ]);
      expect(rawHeaders).not.toContain('X-Telegram-Bot-Api-Secret-Token');
    });

    it('brings one update each, however many wait (WebhookActor.h:228-236)', async () => {
      for (const text of ['one', 'two', 'three']) write(text);
      webhook.respond = (response) => response.end();
      await webhook.set();
      await desk.telegram.idle();
      expect(webhook.received.map(({ body }) => body.match(/"update_id"/g)?.length)).toEqual([
        1, 1, 1,
      ]);
    });
  });

  describe('the answer', () => {
    it.each<[what: string, respond: Respond]>([
      ['200 with nothing', (response) => response.end()],
      ['204', (response) => response.writeHead(204).end()],
      ['299', (response) => response.writeHead(299).end()],
      [
        'a page',
        (response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>hi'),
      ],
      [
        'broken JSON',
        (response) => response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"a'),
      ],
    ])('means with %s that the update was taken (619)', async (_what, respond) => {
      webhook.respond = respond;
      await webhook.set();
      write();
      await desk.telegram.idle();
      expect(webhook.received).toHaveLength(1);
      expect(await info()).not.toHaveProperty('last_error_message');
    });

    it.each([
      [301, 'Moved Permanently'],
      [302, 'Found'],
      [304, 'Not Modified'],
      [403, 'Forbidden'],
      [404, 'Not Found'],
      [410, 'Gone'],
      [429, 'Too Many Requests'],
      [502, 'Bad Gateway'],
    ])('means with %i that it was not, and no redirect is followed (619)', async (status, name) => {
      webhook.respond = (response) => {
        const isFirst = webhook.received.length === 1;
        response.writeHead(isFirst ? status : 200, { Location: `${webhook.root}/other` }).end();
      };
      await webhook.set();
      write();
      await desk.telegram.idle();
      expect(webhook.received.map(({ line }) => line)).toEqual([
        'POST /hook HTTP/1.1',
        'POST /hook HTTP/1.1',
      ]);
      expect(await info()).toMatchObject({
        last_error_date: START,
        last_error_message: `Wrong response from the webhook: ${status} ${name}`,
      });
    });

    it('is waited for 60 seconds, to its very end (levlam, telegram-bot-api#341)', async () => {
      await webhook.set();
      const first = webhook.next();
      write();
      const { response } = await first;
      response.writeHead(200, { 'Content-Length': '2' }).write('o');
      desk.clock.advance(59_999);
      await desk.call('getMe');
      expect(webhook.received).toHaveLength(1);
      const second = webhook.next();
      desk.clock.advance(1);
      (await second).response.end();
      await desk.telegram.idle();
      expect(webhook.received[1]?.body).toBe(webhook.received[0]?.body);
      expect(await info()).toMatchObject({ last_error_message: 'Read timeout expired' });
    });

    it('need not come: a connection that is closed means another try and no error (656-660)', async () => {
      webhook.respond = (response, { socket }) => {
        if (webhook.received.length === 1) socket.end();
        else response.end();
      };
      await webhook.set();
      write();
      await exhaust();
      expect(webhook.received).toHaveLength(2);
      expect(await info()).not.toHaveProperty('last_error_message');
    });

    it('reports a connection that was reset', async () => {
      webhook.respond = (response, { socket }) => {
        if (webhook.received.length === 1) socket.resetAndDestroy();
        else response.end();
      };
      await webhook.set();
      write();
      await exhaust();
      expect(await info()).toMatchObject({ last_error_message: 'Connection reset by peer' });
    });

    it('reports a connection that was refused', async () => {
      await webhook.set();
      await webhook.stop();
      write();
      await desk.telegram.settled();
      expect(await info()).toMatchObject({ last_error_message: 'Connection refused' });
    });

    it('reports a webhook that does not speak TLS', async () => {
      await webhook.set({ url: webhook.root.replace('http', 'https') });
      write();
      await desk.telegram.settled();
      expect(await info()).toMatchObject({
        // Which of its errors OpenSSL has for this depends on its version.
        last_error_message: expect.stringMatching(
          /^SSL error \{error:0A[0-9A-F]{6}:SSL routines::[a-z ]+\}$/,
        ),
      });
    });

    it('reports a certificate that nobody vouches for', async () => {
      const hook = await ReferenceWebhook.start(desk, createSelfSigned());
      try {
        await hook.set();
        write();
        await desk.telegram.settled();
        expect(await info()).toMatchObject({
          last_error_message: 'SSL error {error:0A000086:SSL routines::certificate verify failed}',
        });
        expect(hook.received).toEqual([]);
      } finally {
        await hook.stop();
      }
    });
  });

  describe('connections', () => {
    it('are used again, unless 60 seconds have passed', async () => {
      webhook.respond = (response) => response.end();
      await webhook.set();
      for (const seconds of [0, 59, 60]) {
        desk.clock.advance(seconds * 1000);
        write();
        await desk.telegram.idle();
      }
      const [first, second, third] = webhook.received.map(({ socket }) => socket);
      expect([second === first, third === first]).toEqual([true, false]);
    });
  });

  describe('another try', () => {
    it('comes at once, then after 2, 4, 8, 16, 32, 60 to 64 and 60 to 120 seconds (493-523)', async () => {
      webhook.respond = (response) =>
        response.writeHead(webhook.received.length < 20 ? 500 : 200).end();
      await webhook.set();
      write();
      await exhaust();
      const at = tries();
      expect(at.slice(0, 7)).toEqual([0, 0, 2, 6, 14, 30, 62]);
      const [first = 0, ...later] = at.slice(7).map((time, index) => time - (at[index + 6] ?? 0));
      expect([first >= 60, first <= 64]).toEqual([true, true]);
      expect([Math.min(...later) >= 60, Math.max(...later) <= 120]).toEqual([true, true]);
      expect([later.length, new Set(later).size > 6]).toEqual([12, true]);
      expect(new Set(webhook.received.map(({ body }) => body)).size).toBe(1);
    });

    it.each([429, 503, 404, 302])(
      'comes after %i exactly when Retry-After says, and counts as none (493-523)',
      async (status) => {
        const answers = [
          { status, headers: { 'Retry-After': '7' } },
          { status, headers: { 'Retry-After': '100000' } },
          { status: 500 },
          { status: 500 },
        ];
        webhook.respond = (response) => {
          const answer = answers[webhook.received.length - 1];
          response.writeHead(answer?.status ?? 200, answer?.headers).end();
        };
        await webhook.set();
        write();
        await exhaust();
        expect(tries()).toEqual([0, 7, 3_607, 3_607, 3_609]);
      },
    );

    it('ignores a Retry-After that is a date (td HttpQuery.cpp:36-47)', async () => {
      webhook.respond = (response) => {
        const headers = { 'Retry-After': 'Fri, 01 Jan 2027 00:00:00 GMT' };
        response.writeHead(webhook.received.length > 1 ? 200 : 503, headers).end();
      };
      await webhook.set();
      write();
      await desk.telegram.idle();
      expect(tries()).toEqual([0, 0]);
    });

    it('brings the same update_id even after it was handled (levlam, telegram-bot-api#341)', async () => {
      await webhook.set();
      desk.telegram.bot.failNextDelivery({ kind: 'drop' });
      webhook.respond = (response) => response.end();
      write();
      await exhaust();
      const ids = desk.telegram.deliveries.map(({ update }) => update?.update_id);
      expect(ids).toEqual([ids[0], ids[0]]);
    });

    it('may bring the press of a button under another update_id (levlam, telegram-bot-api#699)', async () => {
      const reply_markup = { inline_keyboard: [[{ text: 'Yes', callback_data: 'yes' }]] };
      const id = await desk.send(desk.group, { reply_markup });
      await webhook.set();
      desk.telegram.bot.failNextDelivery({ kind: 'duplicate', newUpdateId: true });
      webhook.respond = (response) => response.end();
      desk.group.agent('Bob').press(id, 'Yes');
      await desk.telegram.idle();
      const [first, second] = desk.telegram.deliveries.map(({ update }) => update);
      expect(second?.callback_query).toEqual(first?.callback_query);
      expect(second?.update_id).toBe((first?.update_id ?? 0) + 1);
    });

    it.each<[what: string, place: number, status: number, isKept: boolean]>([
      ['ends with the webhook after more than 23 hours of nothing but 410', 12, 410, false],
      ['goes on where there was another answer among them', 12, 500, true],
    ])('%s (637-648)', async (_what, place, status, isKept) => {
      webhook.respond = (response) => {
        const { length } = webhook.received;
        const headers = { 'Retry-After': length < 24 ? '3600' : '1' };
        response.writeHead(length === place ? status : 410, headers).end();
      };
      await webhook.set();
      write();
      for (let hour = 0; hour < 23; hour++) {
        await desk.telegram.settled();
        desk.clock.advanceToNext();
      }
      await desk.telegram.settled();
      expect(tries().at(-1)).toBe(23 * HOUR);
      const url = `${webhook.root}/hook`;
      expect(await info()).toMatchObject({ url });
      desk.clock.advance(1_000);
      await desk.telegram.settled();
      expect(await info()).toMatchObject({ url: isKept ? url : '', pending_update_count: 1 });
    });
  });

  describe('giving up', () => {
    const DAY = 24 * HOUR;

    describe.each<
      [kind: string, source: string, seconds: number, cause: () => Promise<void> | void]
    >([
      ['message', 'Client.cpp:17053', DAY, () => void write()],
      [
        'edited_message',
        'Client.cpp:17053',
        DAY,
        () => {
          const message = write();
          desk.clock.advance(HOUR * 1000);
          desk.group.agent('Bob').edit(message, 'changed');
        },
      ],
      ['my_chat_member', 'Client.cpp', DAY, () => desk.person.setBotStatus('kicked')],
      [
        'message_reaction',
        'Client.cpp',
        DAY,
        async () => desk.group.agent('Bob').react(await desk.send(desk.group), '👍'),
      ],
      [
        'chat_member',
        'Client.cpp',
        DAY,
        () => {
          desk.group.agent('Bob');
          desk.group.promote('Bob');
        },
      ],
      [
        'callback_query',
        'Client.cpp:17158',
        150,
        async () => {
          const reply_markup = { inline_keyboard: [[{ text: 'Yes', callback_data: 'yes' }]] };
          desk.group.agent('Bob').press(await desk.send(desk.group, { reply_markup }), 'Yes');
        },
      ],
    ])('%s (%s) after %i seconds', (kind, _source, seconds, cause) => {
      beforeEach(async () => {
        await desk.call('getUpdates', { allowed_updates: [kind] });
        await cause();
        webhook.respond = fail;
      });

      it('is tried in the last moment, but not when the next try would come too late', async () => {
        desk.clock.advance(seconds * 1000 - 1);
        await webhook.set();
        await exhaust();
        expect(desk.telegram.deliveries[0]?.update).toHaveProperty(kind);
        expect(tries()).toEqual([0, 0]);
      });

      it('is not even tried afterwards', async () => {
        desk.clock.advance(seconds * 1000);
        await webhook.set();
        await desk.telegram.idle();
        expect(desk.telegram.deliveries).toEqual([]);
      });
    });

    it('happens to new updates beyond 100,000 (td TQueue.cpp:86-138)', async () => {
      for (let id = 1; id <= 100_000; id++) desk.telegram.deliver({ update_id: id });
      write('lost');
      expect(await info()).toMatchObject({ pending_update_count: 100_000 });
    });

    it('happens to new updates beyond 128 MiB (td TQueue.cpp:86-138)', async () => {
      const half = 'x'.repeat((64 << 20) - 2);
      desk.telegram.deliver(half);
      desk.telegram.deliver(half);
      write('lost');
      expect(await info()).toMatchObject({ pending_update_count: 2 });
      await desk.call('deleteWebhook', { drop_pending_updates: true });
      write('kept');
      expect(await info()).toMatchObject({ pending_update_count: 1 });
    });
  });
});

/** Headers as Node has them, names and values in turn. */
function pairsOf(rawHeaders: readonly string[]): Array<readonly (string | undefined)[]> {
  return rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1]]] : [],
  );
}
