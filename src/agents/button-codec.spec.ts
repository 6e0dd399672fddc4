import { expect, it } from 'vitest';
import { BotToken } from '../secrets/bot-token.js';
import { ButtonCodec } from './button-codec.js';

const codec = new ButtonCodec(new BotToken('1:token'));
const place = { chatId: -1, threadId: 't1', messageId: 5 };

it('writes 64 bytes at most, and reads them', () => {
  const action = { step: 'yes', command: 'a'.repeat(32), argument: 'b'.repeat(12) } as const;
  const data = codec.write(action, place);
  expect(data.length).toBeLessThanOrEqual(64);
  expect(codec.read(data)).toEqual(action);
  expect(codec.isGenuine(data, action, [place])).toBe(true);
});

it('takes a button for genuine in its own chat and thread, and that of a question below its own message', () => {
  const run = { step: 'run', command: 'x' } as const;
  const yes = { step: 'yes', command: 'x', argument: '1' } as const;
  const isGenuine = (changed: object): boolean[] =>
    [run, yes].map((action) =>
      codec.isGenuine(codec.write(action, place), action, [{ ...place, ...changed }]),
    );
  expect(isGenuine({})).toEqual([true, true]);
  expect(isGenuine({ messageId: 6 })).toEqual([true, false]);
  expect(isGenuine({ chatId: -2 })).toEqual([false, false]);
  expect(isGenuine({ threadId: 't2' })).toEqual([false, false]);
});

it('signs what a command is given', () => {
  const action = { step: 'run', command: 'retry', argument: 'u1' } as const;
  const data = codec.write(action, place);
  expect(codec.read(data)).toEqual(action);
  expect(codec.isGenuine(data, action, [{ ...place, messageId: 6 }])).toBe(true);
  const changed = data.replace(':u1', ':u2');
  expect(codec.isGenuine(changed, { ...action, argument: 'u2' }, [place])).toBe(false);
});

it('takes no other action, and no other token, for genuine', () => {
  const data = codec.write({ step: 'ask', command: 'x' }, place);
  expect(codec.isGenuine(data, { step: 'run', command: 'x' }, [place])).toBe(false);
  const other = new ButtonCodec(new BotToken('1:other'));
  expect(other.isGenuine(data, { step: 'ask', command: 'x' }, [place])).toBe(false);
});

it.each([
  '',
  '1',
  '1rx',
  '1rx.short',
  '2rx.AAAAAAAAAAA',
  '1zx.AAAAAAAAAAA',
  '1yx.AAAAAAAAAAA',
  '1rx:.AAAAAAAAAAA',
  '1rx:A.AAAAAAAAAAA',
  '1rx:aaaaaaaaaaaaa.AAAAAAAAAAA',
])('does not read %j', (data) => {
  expect(codec.read(data)).toBeNull();
});
