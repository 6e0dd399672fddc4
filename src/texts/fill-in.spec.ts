import { describe, expect, it } from 'vitest';
import { fillIn, problemOfPlaceholders } from './fill-in.js';

describe('fillIn', () => {
  it('puts values in the place of their names', () => {
    const values = { 'customer.name': '$& {{threadId}}', threadId: 't1' };
    expect(fillIn('Hi {{customer.name}}, {{ threadId }}{{threadId}}!', values)).toEqual({
      text: 'Hi $& {{threadId}}, t1t1!',
    });
  });

  it('puts what the text says in the place of a value that is missing', () => {
    expect(fillIn('Hi {{ name | there }}{{other|}}', { name: undefined })).toEqual({
      text: 'Hi there',
    });
    expect(fillIn('Hi {{name|there}}', { name: '' })).toEqual({ text: 'Hi there' });
    expect(fillIn('Hi {{name|there}}', { name: 'Ada' })).toEqual({ text: 'Hi Ada' });
  });

  it('names the values that are missing', () => {
    expect(fillIn('{{a}} {{b|}} {{a}} {{toString}}', {})).toEqual({ missing: ['a', 'toString'] });
  });
});

describe('problemOfPlaceholders', () => {
  it.each([
    ['Hi {{nmae}}', 'has no value for {{nmae}}; it may have {{name}}, {{id}}'],
    ['Hi {{nmae|there}}', 'has no value for {{nmae|there}}; it may have {{name}}, {{id}}'],
    ['Hi {{}}', 'has no value for {{}}; it may have {{name}}, {{id}}'],
    ['Hi {{name}', 'has a placeholder that is not complete'],
    ['Hi {{name|a{b}}', 'has a placeholder that is not complete'],
    ['Hi name}}', 'has a placeholder that is not complete'],
  ])('refuses %s', (text, problem) => {
    expect(problemOfPlaceholders(text, ['name', 'id'])).toBe(problem);
  });

  it.each(['Hi', 'Hi {{name}} { id }', '{{ name | there }} {{id|}}'])('takes %s', (text) => {
    expect(problemOfPlaceholders(text, ['name', 'id'])).toBeUndefined();
  });
});
