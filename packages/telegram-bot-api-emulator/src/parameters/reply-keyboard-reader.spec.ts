import { describe, expect, it } from 'vitest';
import { BotApiParameters } from './bot-api-parameters.js';
import { readReplyKeyboard } from './reply-keyboard-reader.js';

describe('readReplyKeyboard', () => {
  it.each([
    [{ keyboard: [['A']] }, { kind: 'keyboard', rows: [['A']], isOneTime: false }],
    [
      {
        keyboard: [[{ text: 'A' }, 'B'], [{ text: 'C', request_contact: true }]],
        one_time_keyboard: true,
        input_field_placeholder: 'Which?',
      },
      { kind: 'keyboard', rows: [['A', 'B'], ['C']], isOneTime: true, placeholder: 'Which?' },
    ],
    [{ keyboard: [[{}]] }, { kind: 'keyboard', rows: [['']], isOneTime: false }],
    [{ remove_keyboard: true }, { kind: 'remove' }],
    [{ force_reply: true }, { kind: 'forceReply' }],
    [
      { force_reply: true, input_field_placeholder: 'Your name' },
      { kind: 'forceReply', placeholder: 'Your name' },
    ],
    [{ inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] }, undefined],
    [{}, undefined],
    ['', undefined],
  ])('reads %j', (markup, expected) => {
    const text = typeof markup === 'string' ? markup : JSON.stringify(markup);
    const parameters = new BotApiParameters([['reply_markup', { text, value: text }]]);
    expect(readReplyKeyboard(parameters)).toEqual(expected);
  });
});
