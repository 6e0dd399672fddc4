import { expect, it } from 'vitest';
import { createCode, hashOf, startCodeIn } from './pairing-code.js';

it('makes codes that a link may carry, each another one', () => {
  const codes = Array.from({ length: 100 }, () => createCode());
  expect(new Set(codes).size).toBe(100);
  for (const code of codes) {
    expect(code).toMatch(/^[\w-]{1,64}$/);
    expect(startCodeIn(`/start ${code}`)).toBe(code);
    expect(startCodeIn(`/start@some_bot ${code}`)).toBe(code);
    expect(hashOf(code)).not.toContain(code.slice(6));
  }
});

it.each([
  undefined,
  '',
  '/start',
  '/start agent_',
  '/start welcome',
  `/start agent_${'a'.repeat(31)}`,
  `/start agent_${'a'.repeat(10_000)}`,
  `Look: /start agent_${'a'.repeat(32)}`,
  `/start agent_${'a'.repeat(32)} and more`,
])('finds no code in %j', (text) => {
  expect(startCodeIn(text)).toBeUndefined();
});
