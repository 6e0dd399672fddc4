import { text as textOf, buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { IncomingAttachment, ThreadReply } from '../../src/index.js';
import type { EmulatedAgent, Message } from '../../src/testing/index.js';
import { ownBot } from '../support/own-bot.js';
import { TestDesk } from '../support/test-desk.js';

type Kind = IncomingAttachment['kind'];

const BYTES = Buffer.from('the bytes of the file, which nobody looks into');

describe.each(['memory', 'Redis'])('What agents send, with %s', (place) => {
  let desk: TestDesk;
  let ada: EmulatedAgent;
  let notice: Message;

  beforeEach(async () => {
    desk = await TestDesk.start({
      emulator: { bots: [ownBot()] },
      options: place === 'Redis' ? { redis: inject('redisUrl') } : {},
    });
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    notice = await desk.chat.waitForMessage(() => true);
    ada = desk.chat.agent('Ada');
  });

  afterEach(() => desk.stop());

  async function nextReply(): Promise<ThreadReply> {
    await expect.poll(() => desk.replies.replies.length, { timeout: 20_000 }).toBe(1);
    const [reply] = desk.replies.replies;
    if (!reply) throw new Error('there is no reply');
    return reply;
  }

  it.each<[Kind, object]>([
    [
      'animation',
      { name: 'a.mp4', contentType: 'video/mp4', width: 320, height: 240, text: '[animation]' },
    ],
    ['audio', { name: 'a.mp4', contentType: 'audio/mpeg', durationMs: 1_000 }],
    ['document', { name: 'a.mp4', contentType: 'text/plain', text: '[document: a.mp4]' }],
    ['live_photo', { contentType: 'video/mp4', width: 1280, height: 960, text: '[live photo]' }],
    ['video', { name: 'a.mp4', contentType: 'video/mp4', width: 640, height: 480 }],
    ['video_note', { contentType: 'video/mp4', width: 240, height: 240 }],
    ['voice', { contentType: 'audio/ogg', durationMs: 1_000, text: '[voice message, 1 s]' }],
    ['sticker', { contentType: 'image/webp', width: 512, height: 512, text: '[sticker]' }],
  ])('reaches the app as an attachment with its bytes: %s', async (kind, expected) => {
    const isNamed = ['animation', 'audio', 'document', 'video'].includes(kind);
    ada.sendFile(kind, {
      bytes: BYTES,
      replyTo: notice,
      ...(isNamed && { fileName: 'a.mp4' }),
    });
    const { attachments, text, hasText } = await nextReply();
    expect(attachments).toHaveLength(1);
    const [attachment] = attachments;
    expect(attachment).toMatchObject({ kind, size: BYTES.length, ...expected });
    expect([hasText, text]).toEqual([false, attachment?.text]);
    expect(attachment?.url).toMatch(/^\/telegram\/webhook\/files\/[\w-]+$/);
    const stream = await attachment?.open();
    expect(stream && (await buffer(stream)).equals(BYTES)).toBe(true);
  });

  it('has the largest size of a photo, and the caption as its text', async () => {
    const { photo = [] } = ada.sendPhoto({ caption: 'Look here', replyTo: notice });
    const { attachments, text, hasText } = await nextReply();
    expect([hasText, text]).toEqual([true, 'Look here']);
    expect(attachments).toMatchObject([
      { kind: 'photo', width: 1280, height: 960, contentType: 'image/jpeg', text: '[photo]' },
    ]);
    const [attachment] = attachments;
    const bytes = attachment && (await buffer(await attachment.open()));
    expect(bytes?.length).toBe(attachment?.size);
    expect(bytes?.length).toBe(photo.at(-1)?.file_size);
  });

  it('has a picture of an animated sticker, and its emoji as text', async () => {
    const thumbnail = Buffer.from('a small picture');
    ada.sendFile('sticker', { stickerFormat: 'animated', emoji: '👍', thumbnail, replyTo: notice });
    const { attachments, text } = await nextReply();
    expect(text).toBe('👍');
    expect(attachments).toMatchObject([{ contentType: 'application/x-tgsticker', text: '👍' }]);
    const stream = await attachments[0]?.thumbnail?.open();
    expect(stream && (await textOf(stream))).toBe('a small picture');
  });

  it('fails in words when a file has more than Telegram gives to bots', async () => {
    ada.sendFile('document', { size: 21 << 20, replyTo: notice });
    const { attachments } = await nextReply();
    await expect(attachments[0]?.open()).rejects.toMatchObject({
      problem: 'too_big',
      message: expect.stringContaining('20 MiB'),
    });
  });

  it.each(['story', 'game', 'giveaway', 'invoice'] as const)(
    'says to the agent that the customer gets words only for it: %s',
    async (kind) => {
      ada.send(kind, {}, { replyTo: notice });
      const { attachments, text, hasText } = await nextReply();
      expect(attachments).toEqual([]);
      expect(text).toContain(kind);
      expect(hasText).toBe(false);
      await expect
        .poll(() => desk.notices.join('\n'), { timeout: 20_000 })
        .toContain('Delivered as words only');
    },
  );
});
