import { describe, expect, it } from 'vitest';
import { albumReply } from './album-reply.js';
import type { ReplyEvent } from './reply-event.interface.js';

/** One file of an album, as it is stored. */
function fileOf(messageId: number, caption?: string): ReplyEvent {
  const chat = { id: -1, type: 'supergroup', title: 'S' } as const;
  const file = { file_id: `f${messageId}`, file_unique_id: 'u', width: 1, height: 1 };
  return {
    v: 1,
    type: 'reply',
    threadId: 't1',
    desk: 'default',
    agent: { id: 1, name: 'Ada', anonymous: false },
    message: { chatId: -1, messageId },
    text: caption ?? '[photo]',
    html: caption ? `<b>${caption}</b>` : '[photo]',
    sentAtMs: messageId,
    receivedAtMs: messageId,
    raw: {
      message_id: messageId,
      date: 1,
      chat,
      media_group_id: 'a1',
      photo: [file],
      ...(caption && { caption }),
    },
  };
}

describe('albumReply', () => {
  it('is the first file with all of them, in the order in which they were sent', () => {
    const [one, two, three] = [fileOf(1), fileOf(2), fileOf(3)];
    expect(albumReply([two, three, one])).toEqual({
      ...one,
      text: '[photo]\n[photo]\n[photo]',
      html: '[photo]\n[photo]\n[photo]',
      album: [one.raw, two.raw, three.raw],
    });
  });

  it('has the captions of all files as its text, wherever they stand', () => {
    expect(albumReply([fileOf(1), fileOf(2, 'Look'), fileOf(3, 'here')])).toMatchObject({
      message: { messageId: 1 },
      text: 'Look\nhere',
      html: '<b>Look</b>\n<b>here</b>',
    });
  });
});
