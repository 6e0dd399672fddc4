import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { PageClient } from '../../test/support/page-client.js';
import type { EmulatedAgent } from '../agents/emulated-agent.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import { createBlankJpeg } from '../files/blank-image.js';
import type { PageActor, PageFile } from './page-action.interface.js';

const JPEG = Uint8Array.from(createBlankJpeg(64, 48));

describe('Files of the page', () => {
  let telegram: BotApiEmulator;
  let page: PageClient;
  let group: EmulatedChat;
  let ada: EmulatedAgent;
  let chat: string;
  let as: PageActor;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ page: true });
    page = new PageClient(telegram);
    group = telegram.createGroup({ title: 'Desk' });
    ada = group.agent('Ada');
    chat = String(group.id);
    as = { person: ada.user.id };
    await page.open();
  });

  afterEach(async () => {
    page.close();
    await telegram.stop();
  });

  function sendFiles(...files: PageFile[]): Promise<string> {
    return page.refusal({ type: 'sendFiles', chat, as, files });
  }

  it('are sent, and come back byte for byte', async () => {
    const upload = await page.upload(JPEG, 'name=a%20shop.jpg&type=image/jpeg');
    const files = [{ upload, caption: 'Our *shop*' }];
    const { messageIds } = await page.act({ type: 'sendFiles', chat, as, files });
    const message = await page.waitForMessage(({ id }) => id === messageIds?.[0]);
    expect(message).toMatchObject({
      text: { text: 'Our *shop*' },
      media: { kind: 'photo', size: JPEG.length, width: 64, height: 48, mimeType: 'image/jpeg' },
    });
    const response = await fetch(new URL(message.media?.url ?? '', page.url));
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(JPEG);
    // A second time it is not there any more.
    expect(await sendFiles({ upload })).toBe('The upload is not there any more; upload it again');
  });

  it('are an album when there are several', async () => {
    const uploads = [JPEG, JPEG].map((bytes) => page.upload(bytes, 'name=a.jpg'));
    const files = (await Promise.all(uploads)).map((upload, index) => ({
      upload,
      caption: String(index),
    }));
    await page.act({ type: 'sendFiles', chat, as, files });
    const first = await page.waitForMessage(({ text }) => text?.text === '0');
    const second = await page.waitForMessage(({ text }) => text?.text === '1');
    expect(first.albumId).toMatch(/^\d+$/);
    expect(second.albumId).toBe(first.albumId);
    expect(group.messages).toMatchObject([{ photo: {} }, { photo: {} }]);
  });

  it('have the kind, name and duration that are said', async () => {
    const upload = await page.upload(new Uint8Array([1, 2, 3]), 'name=me.webm&type=video/webm');
    const files = [
      { upload, kind: 'video', durationSeconds: 2.6, width: 320, height: 200 },
    ] as const;
    await page.act({ type: 'sendFiles', chat, as, files });
    const { media } = await page.waitForMessage(({ media: found }) => found !== undefined);
    expect(media).toMatchObject({
      kind: 'video',
      fileName: 'me.webm',
      mimeType: 'video/webm',
      durationSeconds: 3,
      width: 320,
      height: 200,
    });
  });

  it.each([
    ['text/html', 'x.html', '<script>alert(1)</script>'],
    ['image/svg+xml', 'x.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['application/xhtml+xml', 'x.xhtml', '<html xmlns="http://www.w3.org/1999/xhtml"/>'],
    ['text/xml', 'x.xml', '<x/>'],
    ['application/javascript', 'x.js', 'alert(1)'],
    ['application/pdf', 'x.pdf', '%PDF-1.7'],
    ['', 'x.html', '<script>alert(1)</script>'],
  ])('of the type %j can never run in the page', async (type, name, content) => {
    const bytes = new TextEncoder().encode(content);
    const upload = await page.upload(bytes, `name=${name}&type=${encodeURIComponent(type)}`);
    await page.act({ type: 'sendFiles', chat, as, files: [{ upload }] });
    const { media } = await page.waitForMessage(({ media: found }) => found !== undefined);
    const { headers } = await fetch(new URL(media?.url ?? '', page.url));
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''${name}`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  });

  it('of the type of a picture are saved, too, by whoever is led to them', async () => {
    const { photo } = ada.sendPhoto({
      bytes: new TextEncoder().encode('<script>alert(1)</script>'),
    });
    expect(photo).toBeDefined();
    const { media } = await page.waitForMessage(({ media: found }) => found !== undefined);
    const { headers } = await fetch(new URL(media?.url ?? '', page.url));
    expect(headers.get('content-type')).toBe('image/jpeg');
    expect(headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('come in parts, and are filled up when a test has only given a size', async () => {
    ada.sendFile('voice', { bytes: new TextEncoder().encode('abcdef'), mimeType: 'audio/ogg' });
    ada.sendFile('video', { size: 3_000_000 });
    const voice = await page.waitForMessage(({ media }) => media?.kind === 'voice');
    const url = new URL(voice.media?.url ?? '', page.url);
    const part = await fetch(url, { headers: { Range: 'bytes=2-3' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      'bytes 2-3/6',
      'cd',
    ]);
    expect((await fetch(url, { headers: { Range: 'bytes=9-' } })).status).toBe(416);
    const video = await page.waitForMessage(({ media }) => media?.kind === 'video');
    const whole = await fetch(new URL(video.media?.url ?? '', page.url));
    expect((await whole.arrayBuffer()).byteLength).toBe(3_000_000);
  });

  it('of the bot are shown, with their thumbnails, and those that a test made up are named', async () => {
    const bot = new EmulatorClient(telegram);
    const form = new FormData();
    form.set('chat_id', chat);
    form.set('document', new Blob(['a,b']), 'Größe "1"; x=y.csv');
    await fetch(`${telegram.apiRoot}/bot${telegram.bot.token}/sendDocument`, {
      method: 'POST',
      body: form,
    });
    const { media } = await page.waitForMessage(({ media: found }) => found?.kind === 'document');
    expect(media).toMatchObject({ size: 3 });
    const { headers } = await fetch(new URL(media?.url ?? '', page.url));
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''[\w.%-]+$/);
    expect(headers.get('content-disposition')).toContain('Gr%C3%B6%C3%9Fe');
    ada.sendFile('sticker', { stickerFormat: 'animated', emoji: '👍' });
    const sticker = await page.waitForMessage(({ media: found }) => found?.kind === 'sticker');
    expect(sticker.media).toMatchObject({ emoji: '👍', stickerFormat: 'animated' });
    expect((await fetch(new URL(sticker.media?.thumbnailUrl ?? '', page.url))).status).toBe(200);
    ada.write('', { voice: { file_id: 'made up', file_unique_id: 'x', duration: 1 } });
    const made = await page.waitForMessage(({ media: found }) => found?.kind === 'voice');
    expect(made.media).toEqual({ kind: 'voice' });
    expect(await bot.call('getMe')).toMatchObject({ ok: true });
  });

  it('are refused with the reason', async () => {
    const [one = '', two = ''] = await Promise.all(
      ['a.txt', 'b.jpg'].map((name) => page.upload(JPEG, `name=${name}`)),
    );
    expect(await sendFiles()).toBe('There is no file to send');
    expect(await sendFiles({ upload: 'x' })).toBe(
      'The upload is not there any more; upload it again',
    );
    expect(await sendFiles({ upload: one, kind: 'voice' }, { upload: two })).toBe(
      'An album holds photos and videos, or documents, or audio; send others one by one',
    );
    expect(await sendFiles({ upload: one, kind: 'voice', durationSeconds: -1 })).toBe(
      'files.durationSeconds must be a number from 0 to 86400',
    );
    expect(await sendFiles({ upload: one, kind: 'sticker', caption: 'x' })).toBe(
      'A sticker has no caption',
    );
    const eleven = Array.from({ length: 11 }, () => ({ upload: one }));
    expect(await sendFiles(...eleven)).toBe('files must have at most 10 items');
    expect(group.messages).toEqual([]);
  });

  it.each([
    ['name=..%2F..%2Fetc%2Fpasswd', 'passwd'],
    ['name=a%0D%0AX-Evil%3A%201.txt', 'aX-Evil: 1.txt'],
    [`name=${'x'.repeat(300)}`, 'x'.repeat(255)],
    ['name=C%3A%5Cme%5Ca.txt', 'a.txt'],
  ])('are named without what is no name: %s', async (query, fileName) => {
    const upload = await page.upload(new Uint8Array([1]), query);
    await page.act({ type: 'sendFiles', chat, as, files: [{ upload, kind: 'document' }] });
    const { media } = await page.waitForMessage(({ media: found }) => found !== undefined);
    expect(media?.fileName).toBe(fileName);
    const { headers } = await fetch(new URL(media?.url ?? '', page.url));
    expect(headers.get('x-evil')).toBeNull();
  });

  it('have a type that is one', async () => {
    const { status } = await page.post('uploads?name=x&type=a', 'x');
    expect(status).toBe(400);
  });

  it('give way to later ones when they are too many', async () => {
    const first = await page.upload(JPEG, 'name=a.jpg');
    for (let count = 0; count < 100; count++) await page.upload(JPEG, 'name=b.jpg');
    expect(await sendFiles({ upload: first })).toBe(
      'The upload is not there any more; upload it again',
    );
  });
});
