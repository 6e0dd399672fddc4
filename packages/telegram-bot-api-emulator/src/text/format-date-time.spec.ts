import { describe, expect, it } from 'vitest';
import { readDateTimeFormat } from './format-date-time.js';

describe('readDateTimeFormat', () => {
  it.each([
    ['', ''],
    ['r', 'r'],
    ['R', 'r'],
    ['t', 't'],
    ['T', 'T'],
    ['d', 'd'],
    ['D', 'D'],
    ['W', 'w'],
    ['TDw', 'wDT'],
    ['wWttD', 'wDt'],
  ])('spells %j as %j', (format, canonical) => {
    expect(readDateTimeFormat(format)).toBe(canonical);
  });

  it.each(['tT', 'Tt', 'TtT'])('keeps the short one of the times in %j', (format) => {
    expect(readDateTimeFormat(format)).toBe('t');
  });

  it.each(['dD', 'Dd', 'DdD'])('keeps the short one of the dates in %j', (format) => {
    expect(readDateTimeFormat(format)).toBe('d');
  });

  it.each(['rt', 'rr', 's', 't ', 'D.'])('knows no format %j', (format) => {
    expect(readDateTimeFormat(format)).toBeUndefined();
  });
});
