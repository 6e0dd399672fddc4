import type { InlineKeyboardButton, Message } from '@grammyjs/types';
import { describe, expect, it } from 'vitest';
import { findButton } from './find-button.js';

const TAKE = { text: 'Take', callback_data: 'take:7' };
const CLOSE = { text: 'Close', callback_data: 'Take' };
const SITE = { text: 'Site', url: 'https://example.com' };

describe('findButton', () => {
  it.each<[string, string, string]>([
    ['its text', 'Take', 'take:7'],
    ['its callback data', 'take:7', 'take:7'],
    ['its text rather than the data of another', 'Close', 'Take'],
  ])('finds a button by %s', (_how, wanted, data) => {
    expect(findButton(messageWith([CLOSE], [SITE, TAKE]), wanted)).toBe(data);
  });

  it('takes the first of two with the same text', () => {
    const again = { text: 'Take', callback_data: 'take:8' };
    expect(findButton(messageWith([TAKE], [again]), 'Take')).toBe('take:7');
  });

  it.each<[string, Message, string]>([
    ['without a keyboard', messageWith(), 'Message 5 has no button "Take". Its buttons: none'],
    [
      'with others',
      messageWith([CLOSE], [SITE]),
      'Message 5 has no button "take". Its buttons: "Close", "Site"',
    ],
  ])('names the buttons of a message %s', (_which, message, problem) => {
    const wanted = problem.includes('"take"') ? 'take' : 'Take';
    expect(() => findButton(message, wanted)).toThrow(problem);
  });

  it.each<[string, InlineKeyboardButton]>([
    ['a link', SITE],
    ['an app', { text: 'Site', web_app: { url: 'https://example.com' } }],
    ['a text to copy', { text: 'Site', copy_text: { text: 'x' } }],
  ])('refuses %s, whose press no bot learns of', (_what, button) => {
    expect(() => findButton(messageWith([button]), 'Site')).toThrow(
      'Button "Site" has no callback data, so no bot learns of its press',
    );
  });
});

function messageWith(...rows: InlineKeyboardButton[][]): Message {
  return {
    message_id: 5,
    chat: { id: -1, title: 'Desk', type: 'supergroup' },
    date: 1_750_000_000,
    text: 'x',
    ...(rows.length > 0 && { reply_markup: { inline_keyboard: rows } }),
  };
}
