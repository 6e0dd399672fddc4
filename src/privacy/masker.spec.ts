import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { Masker } from './masker.js';
import { ShadowText } from './shadow-text.js';

const all = new Masker(['cards', 'emails', 'phones']);
const CARD = '4242424242424242';
const DIGITS = Array.from(CARD);

/** The digits of a number in another script, by its zero. */
function digitsFrom(zero: number, number = CARD): string {
  return number.replaceAll(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
}

describe('The mask of cards', () => {
  const cards = new Masker(['cards']);

  it.each([
    ['digits alone', CARD, '•••• 4242'],
    ['spaces', '4242 4242 4242 4242', '•••• 4242'],
    ['dashes', '4242-4242-4242-4242', '•••• 4242'],
    ['other dashes and spaces', '4242–4242\u00a04242 - 4242', '•••• 4242'],
    ['line breaks', '4242 4242\n4242 4242', '•••• 4242'],
    ['single digits', DIGITS.join(' '), '•••• 4242'],
    ['American Express', '3782 822463 10005', '•••• 0005'],
    ['13 digits', '4222222222222', '•••• 2222'],
    ['19 digits', '6304000000000000000', '•••• 0000'],
    ['a word before it', 'card4111111111111111', 'card•••• 1111'],
    [
      'an order number before it',
      'Order 12345 4242 4242 4242 4242 123',
      'Order 12345 •••• 4242 123',
    ],
    ['fullwidth digits', digitsFrom(0xff10), '•••• 4242'],
    ['Arabic digits', digitsFrom(0x0660), '•••• 4242'],
    ['Persian digits', digitsFrom(0x06f0), '•••• 4242'],
    ['Devanagari digits', digitsFrom(0x0966), '•••• 4242'],
    ['mathematical digits', digitsFrom(0x1d7ce), '•••• 4242'],
    ['keycaps', DIGITS.map((digit) => `${digit}\ufe0f\u20e3`).join(''), '•••• 4242'],
    ['struck digits', DIGITS.map((digit) => `${digit}\u0336`).join(''), '•••• 4242'],
    ['no width between digits', DIGITS.join('\u200b'), '•••• 4242'],
    ['joiners between digits', DIGITS.join('\u200d'), '•••• 4242'],
    ['marks of direction', DIGITS.join('\u200e'), '•••• 4242'],
    ['references', '4242&nbsp;4242&#160;4242&#x20;4242', '•••• 4242'],
    ['digits as references', '&#52;242 4242 4242 424&#50;', '•••• 4242'],
  ])('finds %s', (_, text, shown) => {
    expect(cards.hide(`Pay ${text}!`)).toBe(`Pay ${shown}!`);
  });

  it.each([
    '4242424242424241',
    '42424242424242424242',
    `1${CARD}`,
    `${CARD}${CARD}`,
    '-1001234567890',
    '2024-12-24 2024-12-31',
    '1764450000000',
    '0000000000000000',
    '192.168.100.200',
    '4242',
  ])('leaves %s', (text) => {
    expect(cards.hide(`No ${text}.`)).toBe(`No ${text}.`);
  });
});

describe('The mask of e-mail addresses', () => {
  const emails = new Masker(['emails']);

  it.each([
    ['ada@example.com', 'a•••@example.com'],
    ['Ada.Lovelace+shop@mail.example.co.uk', 'A•••@mail.example.co.uk'],
    ['<ada@example.com>,bob@example.org', '<a•••@example.com>,b•••@example.org'],
    ['mailto:ada@example.com?subject=x', 'mailto:a•••@example.com?subject=x'],
    ['жанна@пример.рф', 'ж•••@пример.рф'],
    ['a\u200bda@exam\u200bple.com', 'a•••@example.com'],
    ['ada＠example．com', 'a•••@example.com'],
    ['ada&#64;example&#46;com', 'a•••@example.com'],
  ])('turns %s into %s', (text, shown) => {
    expect(emails.hide(`Mail ${text} now`)).toBe(`Mail ${shown} now`);
  });

  it.each(['@support', 'a@b', '3@4.55', 'me @ home.example', 'ada(at)example.com'])(
    'leaves %s',
    (text) => {
      expect(emails.hide(text)).toBe(text);
    },
  );
});

describe('The mask of phone numbers', () => {
  const phones = new Masker(['phones']);

  it.each([
    ['+49 170 1234521', '+49 ••• 21'],
    ['+491701234521', '+49 ••• 21'],
    ['+49 (0) 170 / 123 45 21', '+49 ••• 21'],
    ['0049 170 1234521', '+49 ••• 21'],
    ['+1 (415) 555-0132', '+1 ••• 32'],
    ['+380 44 123 45 67', '+380 ••• 67'],
    ['+٤٩ ١٧٠ ١٢٣٤٥٢١', '+49 ••• 21'],
    ['0170 1234521', '••• 21'],
    ['01701234521', '••• 21'],
    ['0170/1234521', '••• 21'],
    ['(030) 1234521', '••• 21'],
    ['06 12 34 56 78', '••• 78'],
    ['020 7946 0018', '••• 18'],
    ['(415) 555-0132', '••• 32'],
    ['415-555-0132', '••• 32'],
    ['415.555.0132', '••• 32'],
    ['8 (916) 123-45-67', '••• 67'],
    ['89161234567', '••• 67'],
  ])('turns %s into %s', (text, shown) => {
    expect(phones.hide(`Call ${text}, please`)).toBe(`Call ${shown}, please`);
  });

  it.each([
    'Order 1234567890',
    'Order #0170123452',
    'order 100200300',
    '2024-11-29 20:53:26',
    '29.11.2024',
    '01.02.2024 - 05.02.2024',
    '01/02/2024 03/02/2024',
    '05/2024 - 06/2024',
    '08.00-12.00 13.00',
    '192.168.100.200',
    '10.0.0.1:8080',
    '1 234 567,89 €',
    '1.234.567,89',
    '0.12345678901',
    '0,99 €',
    '+5',
    '+100 %',
    'DE89370400440532013000',
    '-1001234567890',
    '1764450000000',
    'f47ac10b-58cc-4372-a567-0e02b2c3d479',
  ])('leaves %s', (text) => {
    expect(phones.hide(text)).toBe(text);
  });
});

describe('Masks', () => {
  it('are all applied, and say what they have hidden', () => {
    const text = `I am ada@example.com, +49 170 1234521, ${CARD}`;
    expect(all.mask(text)).toEqual({
      text: 'I am a•••@example.com, +49 ••• 21, •••• 4242',
      spots: [
        { kind: 'emails', shown: 'a•••@example.com', original: 'ada@example.com' },
        { kind: 'phones', shown: '+49 ••• 21', original: '+49 170 1234521' },
        { kind: 'cards', shown: '•••• 4242', original: CARD },
      ],
    });
  });

  it('change nothing that they have made', () => {
    const once = all.hide(`ada@example.com +49 170 1234521 ${CARD}`);
    expect(all.hide(once)).toBe(once);
  });

  it('are those that are wanted', () => {
    expect(new Masker(['emails']).hide(`a@example.com ${CARD}`)).toBe(`a•••@example.com ${CARD}`);
    expect(new Masker().hide(`a@example.com ${CARD}`)).toBe(`a@example.com ${CARD}`);
    expect(new Masker().isOn).toBe(false);
  });

  it("are the app's own, before those of the module", () => {
    const own = new Masker([
      'cards',
      /\bCU-\d+\b/y,
      { name: 'iban', pattern: /\bDE\d{2}(?: ?\d{4}){4} ?\d{2}\b/i, shown: 'DE•••' },
    ]);
    expect(own.mask(`de89 3704 0044 0532 0130 00, CU-１２, CU-7, ${CARD}`)).toEqual({
      text: 'DE•••, •••, •••, •••• 4242',
      spots: [
        { kind: 'iban', shown: 'DE•••', original: 'de89 3704 0044 0532 0130 00' },
        { kind: 'pattern', shown: '•••', original: 'CU-１２' },
        { kind: 'pattern', shown: '•••', original: 'CU-7' },
        { kind: 'cards', shown: '•••• 4242', original: CARD },
      ],
    });
  });

  it('are found in texts that have them, and in texts that are to get them', () => {
    const masker = new Masker(['emails', { name: 'name', pattern: /Carl/, shown: 'C.' }]);
    const texts = ['a@example.com', 'a•••@example.com', 'Carl', 'Mr C.', 'Grace', ''];
    expect(texts.map((text) => masker.touches(text))).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(new Masker(['cards']).touches('•••• 4242')).toBe(true);
    expect(new Masker().touches('•••• 4242')).toBe(false);
  });

  it.each(['docs/privacy.md', 'src/config/privacy.options.ts'])(
    'hide an IBAN as %s says it',
    async (page) => {
      const text = await readFile(page, 'utf8');
      const source = /pattern: \/(.*?)\/, shown: 'IBAN/.exec(text)?.[1] ?? '';
      const masker = new Masker([{ name: 'iban', pattern: new RegExp(source), shown: 'IBAN •••' }]);
      const ibans = ['DE89370400440532013000', 'DE89 3704 0044 0532 0130 00', 'NO9386011117947'];
      for (const iban of [...ibans, 'MT84 MALT 0110 0001 2345 MTLC AST0 01S']) {
        expect(masker.hide(`To ${iban}, please`)).toBe('To IBAN •••, please');
      }
      expect(masker.hide('Order AB12 of 2026')).toBe('Order AB12 of 2026');
    },
  );

  it('leave out what matches nothing', () => {
    expect(new Masker([/x*/]).hide('abxc')).toBe('ab•••c');
  });

  it.each([
    ['digits', '4'],
    ['digits and spaces', '4 '],
    ['digits and dashes', '42-'],
    ['at signs', '@'],
    ['addresses', 'a@b.co '],
    ['addresses without an end', 'a@b.'],
    ['plus signs', '+1'],
    ['brackets', '+(('],
    ['zeros', '0'],
    ['numbers of ten digits', '0170123452 '],
    ['separators', '+4 .-/'],
    ['references', '&#52;'],
    ['ampersands', '&#'],
    ['marks', '4\u0336'],
    ['surrogates', '\ud835\udfd2'],
  ])('take no time to speak of for 200,000 characters of %s', (_, piece) => {
    const text = piece.repeat(Math.ceil(200_000 / piece.length));
    const begun = performance.now();
    all.hide(text);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

describe('A text as it is read', () => {
  it('has the value of every digit of Unicode', () => {
    const zeros: number[] = [];
    for (let code = 0x80; code <= 0x10_ff_ff; code += 1) {
      const isInRow = code < (zeros.at(-1) ?? 0) + 10;
      if (!isInRow && /\p{Nd}/u.test(String.fromCodePoint(code))) zeros.push(code);
    }
    expect(zeros.length).toBeGreaterThan(50);
    for (const zero of zeros) {
      expect(new ShadowText(digitsFrom(zero, '0123456789')).text).toBe('0123456789');
    }
  });
});
