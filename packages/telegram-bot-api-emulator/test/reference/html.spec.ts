import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReferenceDesk, refused } from '../support/reference-desk.js';

/*
 * Facts about the Bot API's own server: HTML. The source is MessageEntity.cpp of
 * tdlib/td. `telegram-html-parser.spec.ts` has many more.
 */

const EMOJI = '5368324170671202286';

describe('HTML', () => {
  let desk: ReferenceDesk;

  // No test looks at what another one has sent.
  beforeAll(async () => {
    desk = await ReferenceDesk.start({ limits: { group: false, overall: false } });
  });

  afterAll(() => desk.stop());

  const send = (text: string): Promise<unknown> =>
    desk.result('sendMessage', { chat_id: desk.group.id, text, parse_mode: 'HTML' });

  it.each<[html: string, entity: object]>([
    ['<a href="https://a.com/">x</a>', { type: 'text_link', url: 'https://a.com/' }],
    ['<b>x</b>', { type: 'bold' }],
    ['<strong>x</strong>', { type: 'bold' }],
    ['<i>x</i>', { type: 'italic' }],
    ['<em>x</em>', { type: 'italic' }],
    ['<u>x</u>', { type: 'underline' }],
    ['<ins>x</ins>', { type: 'underline' }],
    ['<s>x</s>', { type: 'strikethrough' }],
    ['<strike>x</strike>', { type: 'strikethrough' }],
    ['<del>x</del>', { type: 'strikethrough' }],
    ['<code>x</code>', { type: 'code' }],
    ['<pre>x</pre>', { type: 'pre' }],
    ['<pre><code class="language-js">x</code></pre>', { type: 'pre', language: 'js' }],
    ['<blockquote>x</blockquote>', { type: 'blockquote' }],
    ['<blockquote expandable>x</blockquote>', { type: 'expandable_blockquote' }],
    ['<tg-spoiler>x</tg-spoiler>', { type: 'spoiler' }],
    ['<span class="tg-spoiler">x</span>', { type: 'spoiler' }],
    [
      `<tg-emoji emoji-id="${EMOJI}">x</tg-emoji>`,
      { type: 'custom_emoji', custom_emoji_id: EMOJI },
    ],
    [
      '<tg-time unix="1647531900" format="wDT">x</tg-time>',
      { type: 'date_time', unix_time: 1_647_531_900, date_time_format: 'wDT' },
    ],
    [
      '<tg-time unix="1647531900" format="R">x</tg-time>',
      { type: 'date_time', unix_time: 1_647_531_900, date_time_format: 'r' },
    ],
    ['<B>x</b>', { type: 'bold' }],
    ['<b class="no" id=x>x</b>', { type: 'bold' }],
    ['<b>x</>', { type: 'bold' }],
  ])('knows %s (3351-3354)', async (html, entity) => {
    expect(await send(html)).toMatchObject({
      text: 'x',
      entities: [{ offset: 0, length: 1, ...entity }],
    });
  });

  it.each(['br', 'p', 'h1', 'ul', 'div'])('does not know %s (3351-3354)', async (tag) => {
    const call = { chat_id: desk.group.id, text: `x<${tag}>y`, parse_mode: 'HTML' };
    expect(await desk.call('sendMessage', call)).toEqual(
      refused(
        400,
        `Bad Request: can't parse entities: Unsupported start tag "${tag}" at byte offset 1`,
      ),
    );
  });

  it('mentions a user by a link', async () => {
    const { user } = desk.group.agent('Bob');
    expect(await send(`<a href="tg://user?id=${user.id}">Bob</a>`)).toMatchObject({
      entities: [{ type: 'text_mention', offset: 0, length: 3, user }],
    });
  });

  it('keeps the text of a bad link', async () => {
    const result = await send('<a href="nowhere">x</a>');
    expect(result).toMatchObject({ text: 'x' });
    expect(result).not.toHaveProperty('entities');
  });

  it.each([
    ['&lt;&gt;&amp;&quot;', '<>&"'],
    ['&#65;&#x42;&#67', 'ABC'],
    ['&nbsp;&apos;', '&nbsp;&apos;'],
    ['a > b', 'a > b'],
  ])('reads %s as %s', async (html, text) => {
    expect(await send(html)).toMatchObject({ text });
  });

  it.each([
    ['<br>', 'Unsupported start tag "br" at byte offset 0'],
    ['a < b', 'Unsupported start tag "" at byte offset 2'],
    ['<3 you', 'Unsupported start tag "3" at byte offset 0'],
    ['é🦄<p>', 'Unsupported start tag "p" at byte offset 6'],
    ['x<b', 'Unclosed start tag at byte offset 1'],
    ['<a href', 'Unclosed start tag "a" at byte offset 0'],
    ['<b>x</b', 'Unclosed end tag at byte offset 4'],
    ['</b>', 'Unexpected end tag at byte offset 0'],
    ['<b>x</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['<b>x', 'Can\'t find end tag corresponding to start tag "b"'],
    ['<a =x>', 'Empty attribute name in the tag "a" at byte offset 0'],
    ['<a href=x_y>', 'Unexpected end of name token at byte offset 8'],
    ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['<tg-emoji emoji-id="x">x</tg-emoji>', 'Invalid custom emoji identifier specified'],
    ['<tg-time unix="1" format="rt">x</tg-time>', 'Invalid date format used'],
    [
      '&#xd83d;',
      'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units',
    ],
  ])('refuses %s', async (text, reason) => {
    const call = { chat_id: desk.group.id, text, parse_mode: 'HTML' };
    expect(await desk.call('sendMessage', call)).toEqual(
      refused(400, `Bad Request: can't parse entities: ${reason}`),
    );
  });
});
