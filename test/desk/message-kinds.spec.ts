import type { Message } from '@grammyjs/types';
import { afterEach, describe, expect, it } from 'vitest';
import { TestDesk } from '../support/test-desk.js';

const file = { file_id: 'f', file_unique_id: 'u' };
const sticker = { ...file, type: 'regular', width: 1, height: 1, is_animated: false } as const;

describe('A reply without a text', () => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  it.each<[string, Partial<Message>, string, string]>([
    ['a sticker', { sticker: { ...sticker, is_video: false, emoji: '👋' } }, '👋', '👋'],
    ['dice', { dice: { emoji: '🎲', value: 4 } }, '🎲 4', '🎲 4'],
    [
      'a contact',
      { contact: { first_name: '<Bob>', phone_number: '+49170' } },
      '<Bob>\n+49170',
      '&lt;Bob&gt;\n+49170',
    ],
    [
      'a location',
      { location: { latitude: 52.5, longitude: 13.4 } },
      '52.5, 13.4\nhttps://maps.google.com/?q=52.5,13.4',
      '52.5, 13.4\n<a href="https://maps.google.com/?q=52.5,13.4" rel="noopener noreferrer">https://maps.google.com/?q=52.5,13.4</a>',
    ],
    [
      'a voice message',
      { voice: { ...file, duration: 12 } },
      '[voice message, 12 s]',
      '[voice message, 12 s]',
    ],
    [
      'a document whose name tries to be a page',
      { document: { ...file, file_name: '<script>\nalert(1)' } },
      '[document: <script> alert(1)]',
      '[document: &lt;script&gt; alert(1)]',
    ],
  ])('reaches the handlers with what stands for it: %s', async (_name, content, text, html) => {
    desk = await TestDesk.start();
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    const notice = await desk.chat.waitForMessage(() => true);
    desk.chat.agent('Ada').reply(notice, '', content);
    await desk.emulator.idle();
    expect(desk.replies.replies).toMatchObject([{ threadId: 't1', text, html, raw: content }]);
  });
});
