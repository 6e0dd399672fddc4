import { describe, expect, it } from 'vitest';
import { TelegramMarkdownParser } from './telegram-markdown-parser.js';
import { TextError } from './text.error.js';

describe('TelegramMarkdownParser', () => {
  it.each([
    ['*a', 0],
    ['_a', 0],
    ['`a', 0],
    ['``a`', 3],
    ['[a', 0],
    ['[a*b*', 0],
    ['snake_case', 5],
    ['*a* _', 4],
    ['é🦄_a', 6],
    ['*é* 🦄*', 9],
    ['\\__', 2],
    ['*a\\*b*', 5],
    ['```', 0],
    ['```a', 0],
    ['```js\n', 0],
    ['x ```a``', 2],
    ['```a``` ```', 8],
  ])('refuses %j for what begins at byte %i', (markdown, offset) => {
    const message = `Can't find end of the entity starting at byte offset ${offset}`;
    expect(() => TelegramMarkdownParser.parse(markdown)).toThrow(new TextError(message));
  });

  it.each([
    ['\\_\\*\\`\\[', '_*`['],
    ['\\]\\(\\a\\\\', '\\]\\(\\a\\\\'],
    ['\\\\_', '\\_'],
    ['a > b. (c) ~d~ ||e|| #f - !g {h}', 'a > b. (c) ~d~ ||e|| #f - !g {h}'],
    ['**__``', ''],
    ['``````', ''],
    ['[](http://example.com)', '(http://example.com)'],
    ['a]', 'a]'],
    ['\r\n', '\r\n'],
  ])('reads %j as the text %j', (markdown, text) => {
    expect(TelegramMarkdownParser.parse(markdown)).toEqual({ text, entities: [] });
  });

  it.each([
    ['*a*', 'a', [{ type: 'bold', offset: 0, length: 1 }]],
    ['_a_', 'a', [{ type: 'italic', offset: 0, length: 1 }]],
    ['`a`', 'a', [{ type: 'code', offset: 0, length: 1 }]],
    [
      'é🦄*é🦄* _a_',
      'é🦄é🦄 a',
      [
        { ...bold(3), length: 3 },
        { ...italic(7), length: 1 },
      ],
    ],
    ['*a*_b_', 'ab', [bold(0), italic(1)]],
    ['\\**a*', '*a', [bold(1)]],
    ['*a\n.b*', 'a\n.b', [{ ...bold(0), length: 4 }]],
    ['*a\\*', 'a\\', [{ ...bold(0), length: 2 }]],
    ['*a _b `c [d*', 'a _b `c [d', [{ ...bold(0), length: 10 }]],
    ['`a * b`', 'a * b', [{ type: 'code', offset: 0, length: 5 }]],
    ['__ _a_', ' a', [italic(1)]],
  ])('finds the styles of %j', (markdown, text, entities) => {
    expect(TelegramMarkdownParser.parse(markdown)).toEqual({ text, entities });
  });

  it.each([
    ['```a```', 'a', { type: 'pre', offset: 0, length: 1 }],
    ['```a b```', ' b', { type: 'pre', offset: 0, length: 2, language: 'a' }],
    ['```\na```', 'a', { type: 'pre', offset: 0, length: 1 }],
    ['```js\na```', 'a', { type: 'pre', offset: 0, length: 1, language: 'js' }],
    ['```js\r\na```', 'a', { type: 'pre', offset: 0, length: 1, language: 'js' }],
    ['```js\n\ra```', 'a', { type: 'pre', offset: 0, length: 1, language: 'js' }],
    ['```js\ra```', 'a', { type: 'pre', offset: 0, length: 1, language: 'js' }],
    ['```js\n\na```', '\na', { type: 'pre', offset: 0, length: 2, language: 'js' }],
    ['```C++\na```', 'a', { type: 'pre', offset: 0, length: 1, language: 'C++' }],
    ['é```🦄\né```', 'éé', { type: 'pre', offset: 1, length: 1, language: '🦄' }],
    ['```\na`b``c```', 'a`b``c', { type: 'pre', offset: 0, length: 6 }],
    ['```\n*a* \\_```', '*a* \\_', { type: 'pre', offset: 0, length: 6 }],
    ['```a`b\n```', 'a`b\n', { type: 'pre', offset: 0, length: 4 }],
  ])('finds the block of code in %j', (markdown, text, block) => {
    expect(TelegramMarkdownParser.parse(markdown)).toEqual({ text, entities: [block] });
  });

  it.each([
    ['[a](http://example.com)', 'a', link('http://example.com/')],
    ['[a](Example.com?x=_y_)!', 'a!', link('http://example.com/?x=_y_')],
    ['[a](tg://Thread?v=Ab)', 'a', link('tg://thread?v=Ab')],
    ['[a](http://example.com/b\\)', 'a', link('http://example.com/b\\')],
    ['[a](http://example.com/b)c)', 'ac)', link('http://example.com/b')],
    ['[a](http://example.com', 'a', link('http://example.com/')],
    ['[*](http://example.com)', '*', link('http://example.com/')],
    ['[a](tg://user?id=7)', 'a', { type: 'text_mention', offset: 0, length: 1, userId: 7 }],
    ['é[🦄](b.c)', 'é🦄', { ...link('http://b.c/'), offset: 1, length: 2 }],
  ])('finds the link of %j', (markdown, text, entity) => {
    expect(TelegramMarkdownParser.parse(markdown)).toEqual({ text, entities: [entity] });
  });

  it.each([
    ['[a](nowhere)b', 'ab'],
    ['[a]()b', 'ab'],
    ['[a](tg://user:1?id=7)', 'a'],
    ['[a] (http://example.com)', 'a (http://example.com)'],
  ])('keeps the text of %j without a link', (markdown, text) => {
    expect(TelegramMarkdownParser.parse(markdown)).toEqual({ text, entities: [] });
  });

  it.each([
    ['[example.com]', 'http://xample.comm/'],
    ['*x*[example.com]', 'http://mple.comcom/'],
    ['é_x_[aé.é]', 'http://.é.é/'],
  ])('links %j to what td reads back from the buffer that it overwrites', (markdown, url) => {
    const { entities } = TelegramMarkdownParser.parse(markdown);
    expect(entities.at(-1)).toMatchObject({ type: 'text_link', url });
  });
});

function bold(offset: number): { type: string; offset: number; length: number } {
  return { type: 'bold', offset, length: 1 };
}

function italic(offset: number): { type: string; offset: number; length: number } {
  return { type: 'italic', offset, length: 1 };
}

function link(url: string): object {
  return { type: 'text_link', offset: 0, length: 1, url };
}
