import type { Message } from '@grammyjs/types';
import { describe, expect, it } from 'vitest';
import { hasOwnText, isUndeliverable, messageText } from './message-text.js';

/** A message as it may come from anywhere. */
function messageOf(content: object): Message {
  const chat = { id: -1, type: 'supergroup', title: 'S' };
  return JSON.parse(JSON.stringify({ message_id: 7, date: 1, chat, ...content }));
}

function textOf(content: object): string | undefined {
  return messageText(messageOf(content))?.text;
}

const place = { latitude: 52.516_3, longitude: -13.377_7 };

describe('messageText', () => {
  it('is the text with its entities, or the caption with those of the caption', () => {
    const entities = [{ type: 'bold', offset: 0, length: 2 }];
    expect(messageText(messageOf({ text: 'Hi', entities }))).toEqual({ text: 'Hi', entities });
    const captioned = { photo: [{}], caption: 'Hi', caption_entities: entities };
    expect(messageText(messageOf(captioned))).toEqual({ text: 'Hi', entities });
  });

  it.each<[string, object, string]>([
    ['a sticker', { sticker: { emoji: '👋' } }, '👋'],
    ['a sticker without emoji', { sticker: {} }, '[sticker]'],
    ['dice', { dice: { emoji: '🎯', value: 6 } }, '🎯 6'],
    [
      'a location',
      { location: place },
      '52.5163, -13.3777\nhttps://maps.google.com/?q=52.5163,-13.3777',
    ],
    [
      'a venue, which also is a location',
      { venue: { location: place, title: 'Shop', address: 'Unter den Linden 1' }, location: place },
      'Shop\nUnter den Linden 1\n52.5163, -13.3777\nhttps://maps.google.com/?q=52.5163,-13.3777',
    ],
    [
      'a contact',
      { contact: { first_name: 'Bob', last_name: 'Hill', phone_number: '+491701234567' } },
      'Bob Hill\n+491701234567',
    ],
    [
      'a poll',
      { poll: { question: 'When?', options: [{ text: 'Monday' }, { text: 'Tuesday' }] } },
      'When?\n- Monday\n- Tuesday',
    ],
    [
      'a checklist',
      { checklist: { title: 'To do', tasks: [{ text: 'Look' }, { text: 'Ask' }] } },
      'To do\n- Look\n- Ask',
    ],
    [
      'a checklist of which a task is done',
      {
        checklist: {
          title: 'To do',
          tasks: [{ text: 'Look', completion_date: 5 }, { text: 'Ask' }],
        },
      },
      'To do\n- ✓ Look\n- Ask',
    ],
    [
      'a live location',
      { location: { ...place, live_period: 60 } },
      '[live location]\n52.5163, -13.3777\nhttps://maps.google.com/?q=52.5163,-13.3777',
    ],
    ['a photo', { photo: [{}] }, '[photo]'],
    ['a live photo, which also is a photo', { live_photo: {}, photo: [{}] }, '[live photo]'],
    ['a photo with an empty caption', { photo: [{}], caption: '' }, '[photo]'],
    ['a document', { document: { file_name: 'invoice.pdf' } }, '[document: invoice.pdf]'],
    ['a document without a name', { document: {} }, '[document]'],
    ['an animation, which also is a document', { animation: {}, document: {} }, '[animation]'],
    ['a video', { video: { file_name: 'a.mp4', duration: 5 } }, '[video: a.mp4, 5 s]'],
    ['a video message', { video_note: { duration: 9 } }, '[video message, 9 s]'],
    ['a voice message', { voice: { duration: 12 } }, '[voice message, 12 s]'],
    [
      'audio',
      { audio: { performer: 'Bach', title: 'Air', file_name: 'a.mp3', duration: 300 } },
      '[audio: Bach - Air, 300 s]',
    ],
    ['audio with a file name only', { audio: { file_name: 'a.mp3' } }, '[audio: a.mp3]'],
    ['paid media', { paid_media: { star_count: 5 } }, '[paid media]'],
    ['a story', { story: { id: 1 } }, '[story]'],
    ['a game', { game: { title: 'Chess' } }, '[game: Chess]'],
    ['an invoice', { invoice: { title: 'One parcel' } }, '[invoice: One parcel]'],
    ['a giveaway', { giveaway: {} }, '[giveaway]'],
    [
      'a rich message',
      {
        rich_message: {
          blocks: [
            { type: 'heading', text: 'Title' },
            { type: 'paragraph', text: ['It is ', { type: 'bold', text: ['he', 're'] }, '.'] },
            { type: 'list', items: [{ label: '1.', blocks: [{ type: 'p', text: 'First' }] }] },
            { type: 'divider' },
          ],
        },
      },
      'Title\nIt is here.\n1. First',
    ],
    ['a rich message without words', { rich_message: { blocks: [{}] } }, '[rich message]'],
  ])('stands for %s', (_name, content, text) => {
    expect(textOf(content)).toBe(text);
  });

  it('has a link to the place of a location', () => {
    const { text = '', entities = [] } = messageText(messageOf({ location: place })) ?? {};
    const [{ type, offset, length } = { type: '', offset: 0, length: 0 }] = entities;
    expect(type).toBe('url');
    expect(text.slice(offset, offset + length)).toBe('https://maps.google.com/?q=52.5163,-13.3777');
  });

  it.each<[string, object, string]>([
    ['of a file', { document: { file_name: 'a\nb\u202e\u0000.pdf' } }, '[document: a b.pdf]'],
    ['of a contact', { contact: { first_name: 'A\n\nB', phone_number: '1\n2' } }, 'A B\n1 2'],
    ['of an option', { poll: { question: 'a\nb', options: [{ text: 'c\nd' }] } }, 'a b\n- c d'],
    [
      'that is endless',
      { document: { file_name: 'x'.repeat(500) } },
      `[document: ${'x'.repeat(299)}…]`,
    ],
  ])('keeps a name %s on one line', (_name, content, text) => {
    expect(textOf(content)).toBe(text);
  });

  // What Telegram writes otherwise than it says is an answer all the same.
  it.each<[object, string]>([
    [{ sticker: 5 }, '[sticker]'],
    [{ sticker: { emoji: {} } }, '[sticker]'],
    [{ dice: null }, '[dice]'],
    [{ dice: { emoji: '🎲', value: '6' } }, '🎲'],
    [{ location: { latitude: '1', longitude: null } }, '[location]'],
    [{ venue: { title: [], location: 7 } }, '[venue]'],
    [{ contact: 'Bob' }, '[contact]'],
    [{ poll: { question: 'When?', options: 5 } }, 'When?'],
    [{ poll: { options: [null, { text: 5 }] } }, '[poll]'],
    [{ checklist: [] }, '[checklist]'],
    [{ voice: { duration: -1.5 } }, '[voice message]'],
    [{ rich_message: { blocks: { blocks: [5, null, [[['deep']]]] } } }, 'deep'],
  ])('makes of %j what can be made of it', (content, text) => {
    expect(textOf(content)).toBe(text);
  });

  it('is null for a kind of message that is not known', () => {
    expect(messageText(messageOf({}))).toBeNull();
    expect(messageText(messageOf({ hologram: { emoji: '👋' } }))).toBeNull();
    expect(messageText(messageOf({ text: '' }))).toBeNull();
  });
});

describe('hasOwnText', () => {
  it.each<[object, boolean]>([
    [{ text: 'Hi' }, true],
    [{ photo: [{}], caption: 'Hi' }, true],
    [{ rich_message: {} }, true],
    [{ photo: [{}], caption: '' }, false],
    [{ sticker: { emoji: '👋' } }, false],
    [{ contact: { first_name: 'Bob' } }, false],
  ])('says whether the agent wrote the text of %j', (content, isOwn) => {
    expect(hasOwnText(messageOf(content))).toBe(isOwn);
  });
});

describe('isUndeliverable', () => {
  it.each<[object, boolean]>([
    [{ story: {} }, true],
    [{ giveaway_winners: {} }, true],
    [{ paid_media: 5 }, true],
    [{ poll: {} }, false],
    [{ text: 'Hi' }, false],
  ])('says whether nothing but words can be given of %j', (content, isLost) => {
    expect(isUndeliverable(messageOf(content))).toBe(isLost);
  });
});
