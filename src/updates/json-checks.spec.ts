import { describe, expect, it } from 'vitest';
import { isShallow } from './json-checks.js';

/** Arrays and objects, one in the other. */
function nested(levels: number): unknown {
  const steps = Array.from({ length: levels });
  return steps.reduce((inner: unknown, _, i) => (i % 2 ? [inner] : { inner }), 1);
}

describe('isShallow', () => {
  it.each([0, 1, 64])('accepts %i levels', (levels) => {
    expect(isShallow(nested(levels))).toBe(true);
  });

  it.each([65, 70, 20_000])('refuses %i levels', (levels) => {
    expect(isShallow(nested(levels))).toBe(false);
    expect(isShallow([1, { text: 'x', deep: nested(levels) }])).toBe(false);
  });
});
