import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { SystemClock } from '../../src/common/system-clock.js';
import { samples } from '../file-links/samples.js';
import { ownBot } from '../support/own-bot.js';
import { byHeader, ChatDesk, CUSTOMER_HEADER, type ChatDeskOptions } from './chat-desk.js';
import type { ChatClient } from './chat-client.js';

const PNG = new Uint8Array(samples.shown['image/png']);
const MIB = 1_048_576;
const MINUTE_MS = 60_000;

/** Time that a test moves on. */
class SetClock extends SystemClock {
  aheadMs = 0;

  override now(): number {
    return super.now() + this.aheadMs;
  }

  override monotonicMs(): number {
    return super.monotonicMs() + this.aheadMs;
  }
}

/** A picture of a size. */
function picture(bytes: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(bytes);
  all.set(PNG);
  return all;
}

describe.each(['memory', 'Redis'] as const)('Files of customers in %s', (place) => {
  let chat: ChatDesk;
  const sockets: Socket[] = [];
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await chat.stop();
  });

  async function start(support: ChatDeskOptions['support'] = {}): Promise<void> {
    chat = await ChatDesk.start({
      emulator: { bots: [ownBot()] },
      options: place === 'Redis' ? { redis: inject('redisUrl') } : {},
      support: {
        customer: byHeader,
        rateLimit: { messages: 9_999, windowMs: MINUTE_MS },
        ...support,
      },
    });
  }

  async function uploaded(client: ChatClient, bytes = PNG): Promise<string> {
    const { status, body } = await client.upload(bytes);
    expect(status).toBe(201);
    return String(body['id']);
  }

  async function sentFile(client: ChatClient, bytes = PNG) {
    const sent = await client.start('See', { attachments: [await uploaded(client, bytes)] });
    const { thread, message } = sent.body;
    const url = new URL(message.attachments?.[0]?.url ?? '', chat.base);
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
    return { threadId: thread.id, messageId: message.id, url };
  }

  const statusOf = async (url: URL): Promise<number> => {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.status;
  };

  /** Asks for a file and takes no more of it than arrives by itself. */
  async function unread(url: URL): Promise<Socket> {
    const socket = connect(Number(url.port), url.hostname);
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.write(`GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\n\r\n`);
    await once(socket, 'readable');
    return socket;
  }

  it('are gone with their message when it is deleted', async () => {
    await start();
    const ann = chat.customer('ann');
    const { threadId, messageId, url } = await sentFile(ann);
    const deleted = await ann.call('DELETE', `threads/${threadId}/messages/${messageId}`);
    expect(deleted.status).toBe(200);
    expect(await statusOf(url)).toBe(410);
  });

  it('are gone with their thread when it is purged, also without a transcript, and no others', async () => {
    await start();
    const [ann, bob] = [chat.customer('ann'), chat.customer('bob')];
    const [one, two, bobs] = [await sentFile(ann), await sentFile(ann), await sentFile(bob)];
    // No message names the file any more, as when a store keeps the newest ones only.
    await chat.store.purgeThread(one.threadId);
    await chat.support.purgeThread(one.threadId);
    const statuses = await Promise.all([one, two, bobs].map(({ url }) => statusOf(url)));
    expect(statuses).toEqual([410, 200, 200]);
  });

  it('are gone with their customer, also those that were never sent', async () => {
    await start();
    const [ann, bob] = [chat.customer('ann'), chat.customer('bob')];
    const files = [await sentFile(ann), await sentFile(ann), await sentFile(bob)];
    const unsent = await uploaded(ann);
    await chat.support.purgeCustomer('ann');
    const statuses = await Promise.all(files.map(({ url }) => statusOf(url)));
    expect(statuses).toEqual([410, 410, 200]);
    const late = await ann.start('See', { attachments: [unsent] });
    expect([late.status, late.body.error]).toEqual([404, 'not_found']);
  });

  it('are taken until those of a customer take too much, and again when one is deleted', async () => {
    await start({ uploads: { maxBytesPerCustomer: 2 * MIB, maxBytes: 2 * MIB } });
    const [ann, bob] = [chat.customer('ann'), chat.customer('bob')];
    const { threadId, messageId } = await sentFile(ann, picture(1_500_000));
    const refused = await ann.upload(picture(MIB));
    expect([refused.status, refused.body.error]).toEqual([413, 'too_large']);
    expect(refused.body['message']).toContain(String(2 * MIB));
    expect((await bob.upload(picture(MIB))).status).toBe(201);
    await ann.call('DELETE', `threads/${threadId}/messages/${messageId}`);
    expect((await ann.upload(picture(MIB))).status).toBe(201);
  });

  it('are counted once when many arrive at the same time', async () => {
    await start({ uploads: { maxBytesPerCustomer: 2 * MIB } });
    const ann = chat.customer('ann');
    const sent = await Promise.all([1, 2, 3, 4].map(() => ann.upload(picture(900_000))));
    const statuses = sent.map(({ status }) => status);
    expect(statuses.toSorted((one, other) => one - other)).toEqual([201, 201, 413, 413]);
  });

  it('hold little memory while nobody takes them', { timeout: 60_000 }, async () => {
    await start();
    const { url } = await sentFile(chat.customer('ann'), picture(10 * MIB));
    // Until then, the desk and the emulator, which is in this process, take memory for the file.
    await chat.notice('See');
    const before = process.memoryUsage().arrayBuffers;
    for (let count = 0; count < 30; count += 1) await unread(url);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * MIB);
  });

  it.each([
    ['bytes=0-0', 1],
    ['bytes=262143-262144', 2],
    ['bytes=-3', 3],
    ['bytes=100-2000000', 1_999_901],
    [undefined, 2_500_001],
  ])('are sent byte by byte as they are: %s', async (range, length) => {
    await start();
    const bytes = picture(2_500_001);
    for (let at = PNG.length; at < bytes.length; at += 997) bytes[at] = at % 251;
    const { url } = await sentFile(chat.customer('ann'), bytes);
    const response = await fetch(url, range === undefined ? {} : { headers: { Range: range } });
    const got = Buffer.from(await response.arrayBuffer());
    const [, from = '', to = ''] =
      /bytes (\d+)-(\d+)/.exec(response.headers.get('content-range') ?? 'bytes 0-2500000') ?? [];
    expect(got.length).toBe(length);
    expect(got.equals(bytes.subarray(Number(from), Number(to) + 1))).toBe(true);
  });

  it('are taken while uploads of others hang', async () => {
    await start();
    const begun = ['bob', 'cid'].flatMap((id) =>
      [1, 2, 3].map(() => {
        const upload = httpRequest(new URL('uploads?name=a.png', chat.base), {
          method: 'POST',
          agent: false,
          headers: { 'X-Support-Chat': '1', [CUSTOMER_HEADER]: id },
        });
        upload.on('error', () => undefined);
        return upload;
      }),
    );
    const written = begun.map(
      (upload) =>
        new Promise<void>((resolve) => {
          upload.write(PNG.subarray(0, 1), () => resolve());
        }),
    );
    await Promise.all(written);
    const statuses: number[] = [];
    for (let count = 0; count < 5; count += 1) {
      statuses.push((await chat.customer('ann').upload(picture(5 * MIB))).status);
    }
    for (const upload of begun) upload.destroy();
    expect(new Set(statuses)).toEqual(new Set([201]));
  });
});

describe('Files of customers in memory, as time passes', () => {
  let chat: ChatDesk;
  afterEach(() => chat.stop());

  it('are kept for an hour, and longer when they are sent', async () => {
    const clock = new SetClock();
    chat = await ChatDesk.start({
      clock,
      support: { customer: byHeader, uploads: { maxBytesPerCustomer: 100_000 } },
    });
    const ann = chat.customer('ann');
    const [one, two] = [await ann.upload(PNG), await ann.upload(picture(60_000))];
    const first = await ann.start('See', { attachments: [one.body['id']] });
    clock.aheadMs = 61 * MINUTE_MS;
    const late = await ann.start('See', { attachments: [two.body['id']] });
    expect([late.status, late.body.error]).toEqual([404, 'not_found']);
    // What is gone does not count.
    expect((await ann.upload(picture(60_000))).status).toBe(201);
    const messages = await ann.messagesOf(first.body.thread.id);
    const url = new URL(messages[0]?.attachments?.[0]?.url ?? '', chat.base);
    expect((await fetch(url)).status).toBe(200);
  });
});
