import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { setVariables } from './env-text.js';

describe('setVariables', () => {
  it('writes a new file', () => {
    expect(setVariables('', { TOKEN: '1:a_b-c', CHAT: '-100' })).toBe('TOKEN=1:a_b-c\nCHAT=-100\n');
  });

  it('replaces values in place, and leaves other variables, comments and order as they are', () => {
    const before = '# The shop\nPORT=3000\n  export CHAT = "-1" # the desk\n\nTOKEN=\nNAME="x y"';
    expect(setVariables(before, { TOKEN: '1:a', CHAT: '-100', NEW: '2' })).toBe(
      '# The shop\nPORT=3000\n  export CHAT = -100 # the desk\n\nTOKEN=1:a\nNAME="x y"\nNEW=2\n',
    );
  });

  it('finds no variable within a value of several lines, or within a comment', () => {
    const before = 'KEY="first\nCHAT=1\nlast"\n# CHAT=2\nMY_CHAT=3\n';
    expect(setVariables(before, { CHAT: '-100' })).toBe(`${before}CHAT=-100\n`);
  });

  it('keeps the ends of lines of Windows', () => {
    expect(setVariables('A=1\r\nCHAT=1\r\n', { CHAT: '2', B: '3' })).toBe(
      'A=1\r\nCHAT=2\r\nB=3\r\n',
    );
  });

  it.each(['https://example.org/a?b=c&d=e', 'https://example.org/#x', 'a b', 'a"b', '$HOME', '$&'])(
    'writes %s so that it is read again',
    (value) => {
      expect(parseEnv(setVariables('CHAT=1\n', { CHAT: value }))).toEqual({ CHAT: value });
    },
  );

  it('replaces each of several values, of which readers take one', () => {
    expect(setVariables('CHAT=1\nCHAT=2\n', { CHAT: '3' })).toBe('CHAT=3\nCHAT=3\n');
  });

  it('changes nothing when the values are there', () => {
    const before = 'CHAT=3 # the desk\n';
    expect(setVariables(before, { CHAT: '3' })).toBe(before);
  });
});
