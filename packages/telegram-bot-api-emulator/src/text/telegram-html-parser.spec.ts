import { describe, expect, it } from 'vitest';
import { TelegramHtmlParser } from './telegram-html-parser.js';
import { TextError } from './text.error.js';

describe('TelegramHtmlParser', () => {
  it.each([
    ['<br>', 'Unsupported start tag "br" at byte offset 0'],
    ['<b/>', 'Unsupported start tag "b/" at byte offset 0'],
    ['a < b', 'Unsupported start tag "" at byte offset 2'],
    ['<3 you', 'Unsupported start tag "3" at byte offset 0'],
    ['<!-- no -->', 'Unsupported start tag "!--" at byte offset 0'],
    ['é🦄<P>', 'Unsupported start tag "p" at byte offset 6'],
    ['x<b', 'Unclosed start tag at byte offset 1'],
    ['x<', 'Unclosed start tag at byte offset 1'],
    ['<a href', 'Unclosed start tag "a" at byte offset 0'],
    ['<a href=', 'Unclosed start tag "a" at byte offset 0'],
    ['<a href= ', 'Unclosed start tag "a" at byte offset 0'],
    ['ж<a href="x', 'Unclosed start tag at byte offset 2'],
    ['<a href=x', 'Unclosed start tag at byte offset 0'],
    ['<a ', 'Empty attribute name in the tag "a" at byte offset 0'],
    ['<a =x>', 'Empty attribute name in the tag "a" at byte offset 0'],
    ['<a href="x""y">', 'Empty attribute name in the tag "a" at byte offset 0'],
    ['<b / >', 'Empty attribute name in the tag "b" at byte offset 0'],
    ['é<a href=x_y>', 'Unexpected end of name token at byte offset 10'],
    ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['<span class="x">', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['</b>', 'Unexpected end tag at byte offset 0'],
    ['<b>x</b', 'Unclosed end tag at byte offset 4'],
    ['<b>x</b y>', 'Unclosed end tag at byte offset 4'],
    ['<b>x</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['<B>x</I>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['<b>x', 'Can\'t find end tag corresponding to start tag "b"'],
    ['<b><i>x</b>', 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'],
    ['<tg-emoji>👍</tg-emoji>', 'Invalid custom emoji identifier specified'],
    ['<tg-emoji emoji-id="0">👍</tg-emoji>', 'Invalid custom emoji identifier specified'],
    ['<tg-time unix="1" format="rt">x</tg-time>', 'Invalid date format used'],
    ['<tg-time unix="1" format="s">x</tg-time>', 'Invalid date format used'],
    [
      '&#xd83d;&#xde00;',
      'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units',
    ],
  ])('refuses %j', (html, message) => {
    expect(() => TelegramHtmlParser.parse(html)).toThrow(new TextError(message));
  });

  it.each([
    ['&lt;b&gt; &amp;amp; &quot;', '<b> &amp; "'],
    ['&lt&gt', '<>'],
    ['&nbsp;&apos;&LT;&', '&nbsp;&apos;&LT;&'],
    ['&#65;&#x42;&#67', 'ABC'],
    ['&#128512;', '😀'],
    ['&#0;&#X41;&#x110000;&#00000065;', '&#0;&#X41;&#x110000;&#00000065;'],
    ['a > b "c"', 'a > b "c"'],
    ['<b></b><i> </i>', ' '],
  ])('reads %j as the text %j', (html, text) => {
    expect(TelegramHtmlParser.parse(html).text).toBe(text);
  });

  it.each([
    ['<b>x</b>', [{ type: 'bold', offset: 0, length: 1 }]],
    ['<STRONG>x</strong >', [{ type: 'bold', offset: 0, length: 1 }]],
    ['<i>x</i><em>y</em>', [italic(0), italic(1)]],
    ['<u>x</u><ins>y</ins>', [plain('underline', 0), plain('underline', 1)]],
    [
      '<s>x</s><strike>y</strike><del>z</del>',
      [plain('strikethrough', 0), plain('strikethrough', 1), plain('strikethrough', 2)],
    ],
    [
      '<tg-spoiler>x</tg-spoiler><span class="tg-spoiler">y</span>',
      [plain('spoiler', 0), plain('spoiler', 1)],
    ],
    ['😀<b>😀</b>', [{ type: 'bold', offset: 2, length: 2 }]],
    ['<b>x</>', [{ type: 'bold', offset: 0, length: 1 }]],
    ['<b>x<i>y</i></b>', [italic(1), { type: 'bold', offset: 0, length: 2 }]],
    ['<b class = abc other>x</b>', [{ type: 'bold', offset: 0, length: 1 }]],
    ['<blockquote>x</blockquote>', [plain('blockquote', 0)]],
    ['<blockquote expandable>x</blockquote>', [plain('expandable_blockquote', 0)]],
    ['<blockquote cite="" expandable=no>x</blockquote>', [plain('expandable_blockquote', 0)]],
    ['<code>x</code>', [plain('code', 0)]],
    ['<code class="language-js">x</code>', [plain('code', 0)]],
    ['<pre>x</pre>', [plain('pre', 0)]],
    ['<pre><code>x</code></pre>', [plain('code', 0), plain('pre', 0)]],
    ['<pre><code class="language-js">x</code></pre>', [{ ...plain('pre', 0), language: 'js' }]],
    ['<code class=language-JS><pre>x</pre></code>', [{ ...plain('pre', 0), language: 'js' }]],
    [
      '<pre><code class="language-js">x</code> </pre>',
      [plain('code', 0), { type: 'pre', offset: 0, length: 2 }],
    ],
    [
      '<pre> <code class="language-js">x</code></pre>',
      [plain('code', 1), { type: 'pre', offset: 0, length: 2 }],
    ],
    ['<a href="tg://user?id=7">x</a>', [{ ...plain('text_mention', 0), userId: 7 }]],
    ["<a href='HTTP://Example.com?&lt;'>x</a>", [link('http://example.com/?<')]],
    ['<a href="tg://Thread?v=Ab">x</a>', [link('tg://thread?v=Ab')]],
    ['<a>example.com</a>', [{ ...link('http://example.com/'), length: 11 }]],
    ['<a href="nowhere">x</a>', []],
    [
      '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
      [{ type: 'custom_emoji', offset: 0, length: 2, customEmojiId: '5368324170671202286' }],
    ],
    [
      '<tg-time unix="1647531900" format="wDT">x</tg-time>',
      [{ ...plain('date_time', 0), unixTime: 1_647_531_900, dateTimeFormat: 'wDT' }],
    ],
    [
      '<tg-time unix=5 format=R>x</tg-time>',
      [{ ...plain('date_time', 0), unixTime: 5, dateTimeFormat: 'r' }],
    ],
  ])('finds the entities of %j', (html, entities) => {
    expect(TelegramHtmlParser.parse(html).entities).toEqual(entities);
  });
});

function plain(type: string, offset: number): { type: string; offset: number; length: number } {
  return { type, offset, length: 1 };
}

function italic(offset: number): object {
  return plain('italic', offset);
}

function link(url: string): object {
  return { ...plain('text_link', 0), url };
}
