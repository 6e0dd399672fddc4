import { describe, expect, it } from 'vitest';
import { TelegramMarkdownV2Parser } from './telegram-markdown-v2-parser.js';
import { TextError } from './text.error.js';

describe('TelegramMarkdownV2Parser', () => {
  it.each('](){}>#+-=|.!'.split(''))('refuses %j that is not escaped', (character) => {
    const message = `Character '${character}' is reserved and must be escaped with the preceding '\\'`;
    for (const markdown of [`a${character}`, `*é${character}b*`, `||a${character} `]) {
      expect(() => TelegramMarkdownV2Parser.parse(markdown)).toThrow(new TextError(message));
    }
  });

  it.each(['*a*>b', '`a\n`>b', '>a\n>b>', '>a\n b>c', '\r \r>a', '\\a>b'])(
    'refuses %j, whose last > does not begin a line',
    (markdown) => {
      const message = "Character '>' is reserved and must be escaped with the preceding '\\'";
      expect(() => TelegramMarkdownV2Parser.parse(markdown)).toThrow(new TextError(message));
    },
  );

  it.each([
    ['*a', 'Bold', 0],
    ['_a', 'Italic', 0],
    ['__a', 'Underline', 0],
    ['~a', 'Strikethrough', 0],
    ['||a', 'Spoiler', 0],
    ['`a', 'Code', 0],
    ['```a', 'Pre', 0],
    ['```a ', 'PreCode', 0],
    ['[a', 'TextUrl', 0],
    ['![a', 'CustomEmoji', 0],
    ['é🦄 *a', 'Bold', 7],
    ['*é* 🦄_', 'Italic', 9],
    ['é🦄\n[b_c', 'Italic', 9],
    ['*a _b', 'Italic', 3],
    ['*a _b_', 'Bold', 0],
    ['*a _b*', 'Bold', 5],
    ['_a__', 'Underline', 2],
    ['__a_', 'Italic', 3],
    ['__a _b___', 'Italic', 8],
    ['a\\**', 'Bold', 3],
    ['*a\\*', 'Bold', 0],
    ['snake_case', 'Italic', 5],
    ['```a`', 'Code', 4],
    ['```\na`b```', 'Pre', 0],
    ['||a\\|', 'Spoiler', 0],
    ['>*a\nb', 'Bold', 1],
    ['>*a\n>b\nc*', 'Bold', 1],
    ['>a||b\nc', 'Spoiler', 2],
    ['>a||\\b\n', 'Spoiler', 2],
    ['>a||\r', 'Spoiler', 2],
    ['>a||b', 'Spoiler', 2],
    ['>*a||\n', 'Bold', 1],
    ['>*a||', 'Bold', 1],
    ['>*a', 'Bold', 1],
    ['*>a', 'Bold', 0],
    ['*>a||', 'Bold', 0],
    ['*>a\n', 'Bold', 0],
  ])('refuses %j, whose %s entity at byte %i has no end', (markdown, kind, offset) => {
    const message = `Can't find end of ${kind} entity at byte offset ${offset}`;
    expect(() => TelegramMarkdownV2Parser.parse(markdown)).toThrow(new TextError(message));
  });

  it.each([
    ['[a](b', "Can't find end of a URL at byte offset 4"],
    ['é🦄[a](', "Can't find end of a URL at byte offset 10"],
    ['[a](b\\)', "Can't find end of a URL at byte offset 4"],
    ['[](b', "Can't find end of a URL at byte offset 3"],
    ['![a](b', "Can't find end of a URL at byte offset 5"],
    ['![](b', "Can't find end of a URL at byte offset 4"],
    ['![a]', 'The entity must contain a tg://emoji or tg://time URL'],
    ['![] (b)', 'The entity must contain a tg://emoji or tg://time URL'],
    ['![a](http://b.c)', 'Invalid tg://emoji or tg://time URL specified'],
    ['![a](tg://emoji?id=05)', 'Invalid tg://emoji or tg://time URL specified'],
    ['![](tg://time?unix=0)', 'Invalid tg://emoji or tg://time URL specified'],
    ['![a](tg://time?unix=5&format=s)', 'Invalid tg://emoji or tg://time URL specified'],
  ])('refuses the link of %j', (markdown, message) => {
    expect(() => TelegramMarkdownV2Parser.parse(markdown)).toThrow(new TextError(message));
  });

  it.each([
    ['a\\_\\*\\[\\]\\(\\)\\~\\`\\>\\#\\+\\-\\=\\|\\{\\}\\.\\!\\\\', 'a_*[]()~`>#+-=|{}.!\\'],
    ['\\a\\1\\ \\\n\\\r', 'a1 \n\r'],
    ['\\é\\🦄\\\u007f\\', '\\é\\🦄\\\u007f\\'],
    ['a\n\rb "c" <d /@:;,?$%^&', 'a\n\rb "c" <d /@:;,?$%^&'],
    ['**____~~||||', ''],
    ['``', ''],
    ['``````', ''],
    ['```a\n```', ''],
    ['[](http://example.com)', ''],
    ['![](tg://emoji?id=5)', ''],
    ['', ''],
    ['>', ''],
    ['>||', ''],
    ['\n>', '\n'],
  ])('reads %j as the text %j', (markdown, text) => {
    expect(TelegramMarkdownV2Parser.parse(markdown)).toEqual({ text, entities: [] });
  });

  it.each([
    ['*a*', 'a', [one('bold', 0)]],
    ['_a_', 'a', [one('italic', 0)]],
    ['__a__', 'a', [one('underline', 0)]],
    ['~a~', 'a', [one('strikethrough', 0)]],
    ['||a||', 'a', [one('spoiler', 0)]],
    ['`a`', 'a', [one('code', 0)]],
    ['*\\**', '*', [one('bold', 0)]],
    ['*a*b*c*', 'abc', [one('bold', 0), one('bold', 2)]],
    ['*a\nb*', 'a\nb', [some('bold', 0, 3)]],
    ['é🦄*é🦄*', 'é🦄é🦄', [some('bold', 3, 3)]],
    [
      '*a _b ~c ||d||~_* __e__',
      'a b c d e',
      [
        one('spoiler', 6),
        some('strikethrough', 4, 3),
        some('italic', 2, 5),
        some('bold', 0, 7),
        one('underline', 8),
      ],
    ],
    ['_a __b___', 'a b', [one('underline', 2), some('italic', 0, 3)]],
    ['___a_\r__', 'a\r', [one('italic', 0), some('underline', 0, 2)]],
  ])('finds the styles of %j', (markdown, text, entities) => {
    expect(TelegramMarkdownV2Parser.parse(markdown)).toEqual({ text, entities });
  });

  it.each([
    ['`*a_>\n[`', '*a_>\n[', some('code', 0, 6)],
    ['`\\`\\\\`', '`\\', some('code', 0, 2)],
    ['```a```', 'a', one('pre', 0)],
    ['```\na```', 'a', one('pre', 0)],
    ['```\r\na```', 'a', one('pre', 0)],
    ['```js\na```', 'a', { ...one('pre', 0), language: 'js' }],
    ['```js\r\na```', 'a', { ...one('pre', 0), language: 'js' }],
    ['```js\n\ra```', 'a', { ...one('pre', 0), language: 'js' }],
    ['```js\n\na```', '\na', { ...some('pre', 0, 2), language: 'js' }],
    ['```js a```', ' a', { ...some('pre', 0, 2), language: 'js' }],
    ['```C++\na```', 'a', { ...one('pre', 0), language: 'C++' }],
    ['é```🦄\né```', 'éé', { ...one('pre', 1), language: '🦄' }],
    ['```\n*a* \\`\\\\.```', '*a* `\\.', some('pre', 0, 7)],
    ['```a\n>b\n```', '>b\n', { ...some('pre', 0, 3), language: 'a' }],
  ])('finds the code in %j', (markdown, text, code) => {
    expect(TelegramMarkdownV2Parser.parse(markdown)).toEqual({ text, entities: [code] });
  });

  it.each([
    ['[a](http://example.com)', 'a', [link('http://example.com/', 0, 1)]],
    ['é[🦄](b.c)', 'é🦄', [link('http://b.c/', 1, 2)]],
    ['[a](Example.com?x=_y_*.)', 'a', [link('http://example.com/?x=_y_*.', 0, 1)]],
    ['[a](b.c/\\)\\\\\\x\\é)', 'a', [link('http://b.c/)\\x\\é', 0, 1)]],
    ['[a](tg://Thread?v=Ab)', 'a', [link('tg://thread?v=Ab', 0, 1)]],
    ['[a](tg://user?id=7)', 'a', [{ ...one('text_mention', 0), userId: 7 }]],
    ['é[b\\.c]d', 'éb.cd', [link('http://b.c/', 1, 3)]],
    ['[b\\.c]\\(d\\.e\\)', 'b.c(d.e)', [link('http://b.c/', 0, 3)]],
    ['[*a* b](c.d)', 'a b', [one('bold', 0), link('http://c.d/', 0, 3)]],
    ['*[a](c.d)*', 'a', [link('http://c.d/', 0, 1), one('bold', 0)]],
    ['[a[b](c.d)](e.f)', 'ab', [link('http://c.d/', 1, 1), link('http://e.f/', 0, 2)]],
    ['[a](nowhere)b', 'ab', []],
    ['[a]()b', 'ab', []],
    ['[a]b', 'ab', []],
  ])('finds the links of %j', (markdown, text, entities) => {
    expect(TelegramMarkdownV2Parser.parse(markdown)).toEqual({ text, entities });
  });

  it.each([
    ['![👍](tg://emoji?id=25)', '👍', { ...some('custom_emoji', 0, 2), customEmojiId: '25' }],
    ['é![a\\.](tg:emoji?id=\\7)', 'éa.', { ...some('custom_emoji', 1, 2), customEmojiId: '7' }],
    [
      '![22:45](tg://time?unix=1647531900&format=wDT)',
      '22:45',
      { ...some('date_time', 0, 5), unixTime: 1_647_531_900, dateTimeFormat: 'wDT' },
    ],
    ['![a](tg://time?unix=5)', 'a', { ...one('date_time', 0), unixTime: 5, dateTimeFormat: '' }],
  ])('finds the emoji or the time of %j', (markdown, text, entity) => {
    expect(TelegramMarkdownV2Parser.parse(markdown)).toEqual({ text, entities: [entity] });
  });

  it.each([
    ['>a', 'a', [one('blockquote', 0)]],
    ['>>a', 'a', [one('blockquote', 0)]],
    ['> a', ' a', [some('blockquote', 0, 2)]],
    ['>\n', '\n', [one('blockquote', 0)]],
    ['>a\n>b', 'a\nb', [some('blockquote', 0, 3)]],
    ['>a\nb', 'a\nb', [some('blockquote', 0, 2)]],
    ['é\n>🦄\n>c\nd', 'é\n🦄\nc\nd', [some('blockquote', 2, 5)]],
    ['>a\n\n>b', 'a\n\nb', [some('blockquote', 0, 2), one('blockquote', 3)]],
    ['>a\n**>b', 'a\nb', [some('blockquote', 0, 2), one('blockquote', 2)]],
    ['\r>a', '\ra', [one('blockquote', 1)]],
    ['>a\r\n>b\r\nc', 'a\r\nb\r\nc', [some('blockquote', 0, 6)]],
    ['>a\n\r>b', 'a\n\rb', [some('blockquote', 0, 2), one('blockquote', 3)]],
    ['\\\n>a', '\na', [one('blockquote', 1)]],
    ['\\\r>a', '\ra', [one('blockquote', 1)]],
    ['>a\\\n\\>b', 'a\n>b', [some('blockquote', 0, 4)]],
    ['>*a\n>b*', 'a\nb', [some('bold', 0, 3), some('blockquote', 0, 3)]],
    ['*>a\n*', 'a\n', [some('blockquote', 0, 2), some('bold', 0, 2)]],
    ['>`a\nb`', 'a\nb', [some('code', 0, 3), some('blockquote', 0, 3)]],
    ['>||a||', 'a', [one('spoiler', 0), one('blockquote', 0)]],
    ['>||a||\n', 'a\n', [one('spoiler', 0), some('blockquote', 0, 2)]],
    ['>||a\n>b||', 'a\nb', [some('spoiler', 0, 3), some('blockquote', 0, 3)]],
  ])('finds the quotes of %j', (markdown, text, entities) => {
    expect(TelegramMarkdownV2Parser.parse(markdown)).toEqual({ text, entities });
  });

  it.each([
    ['>a||', 'a', [one('expandable_blockquote', 0)]],
    ['**>a||', 'a', [one('expandable_blockquote', 0)]],
    ['>a\n>b||', 'a\nb', [some('expandable_blockquote', 0, 3)]],
    ['>a||\n', 'a\n', [some('expandable_blockquote', 0, 2)]],
    ['>a||\nb', 'a\nb', [some('expandable_blockquote', 0, 2)]],
    ['>a||\r\nb', 'a\r\nb', [some('expandable_blockquote', 0, 3)]],
    ['>||\n', '\n', [one('expandable_blockquote', 0)]],
    ['>||a||||', 'a', [one('spoiler', 0), one('expandable_blockquote', 0)]],
    ['>a||\n**>b', 'a\nb', [some('expandable_blockquote', 0, 2), one('blockquote', 2)]],
  ])('finds the expandable quotes of %j', (markdown, text, entities) => {
    expect(TelegramMarkdownV2Parser.parse(markdown)).toEqual({ text, entities });
  });
});

function some(type: string, offset: number, length: number): object {
  return { type, offset, length };
}

function one(type: string, offset: number): object {
  return some(type, offset, 1);
}

function link(url: string, offset: number, length: number): object {
  return { ...some('text_link', offset, length), url };
}
