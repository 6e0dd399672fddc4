import type { MessageEntity } from '@grammyjs/types';
import { describe, expect, it } from 'vitest';
import { messageHtml } from './message-html.js';

const REL = 'rel="noopener noreferrer"';

describe('messageHtml', () => {
  it.each<[string, string, MessageEntity[], string]>([
    ['plain text', `<script>"'&`, [], '&lt;script&gt;&quot;&#39;&amp;'],
    ['bold', 'a b c', [{ type: 'bold', offset: 2, length: 1 }], 'a <b>b</b> c'],
    [
      'nested formatting',
      'one two three',
      [
        { type: 'bold', offset: 0, length: 13 },
        { type: 'italic', offset: 4, length: 3 },
        { type: 'underline', offset: 4, length: 3 },
      ],
      '<b>one <i><u>two</u></i> three</b>',
    ],
    ['offsets in UTF-16', '👍 ok', [{ type: 'code', offset: 3, length: 2 }], '👍 <code>ok</code>'],
    [
      'a spoiler',
      'x',
      [{ type: 'spoiler', offset: 0, length: 1 }],
      '<span class="tg-spoiler">x</span>',
    ],
    [
      'code in a language',
      'a<b',
      [{ type: 'pre', offset: 0, length: 3, language: 'c"x' }],
      '<pre><code class="language-c&quot;x">a&lt;b</code></pre>',
    ],
    [
      'a link with a text',
      'here',
      [{ type: 'text_link', offset: 0, length: 4, url: 'https://x.org/?a=1&b="2"' }],
      `<a href="https://x.org/?a=1&amp;b=&quot;2&quot;" ${REL}>here</a>`,
    ],
    [
      'a bare link',
      'see x.org/a',
      [{ type: 'url', offset: 4, length: 7 }],
      `see <a href="https://x.org/a" ${REL}>x.org/a</a>`,
    ],
    [
      'an e-mail address',
      'a@x.org',
      [{ type: 'email', offset: 0, length: 7 }],
      `<a href="mailto:a@x.org" ${REL}>a@x.org</a>`,
    ],
    [
      'a phone number',
      '+1 (2) 3',
      [{ type: 'phone_number', offset: 0, length: 8 }],
      `<a href="tel:+123" ${REL}>+1 (2) 3</a>`,
    ],
    ['what has no look of its own', '#tag', [{ type: 'hashtag', offset: 0, length: 4 }], '#tag'],
    [
      'a quote around bold',
      'a\nb',
      [
        { type: 'expandable_blockquote', offset: 0, length: 3 },
        { type: 'bold', offset: 2, length: 1 },
      ],
      '<blockquote>a\n<b>b</b></blockquote>',
    ],
  ])('shows %s', (_name, text, entities, expected) => {
    expect(messageHtml(text, entities)).toBe(expected);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', ' javascript:alert(1)'])(
    'makes no link to %s',
    (url) => {
      expect(messageHtml('x', [{ type: 'text_link', offset: 0, length: 1, url }])).toBe('x');
    },
  );

  it.each<[string, MessageEntity]>([
    ['ends behind the text', { type: 'bold', offset: 0, length: 9 }],
    ['begins before the text', { type: 'bold', offset: -1, length: 2 }],
    ['is empty', { type: 'bold', offset: 1, length: 0 }],
  ])('leaves out an entity that %s', (_name, entity) => {
    expect(messageHtml('text', [entity])).toBe('text');
  });

  it('puts no link into another one', () => {
    const entities: MessageEntity[] = [
      { type: 'url', offset: 0, length: 7 },
      { type: 'text_link', offset: 0, length: 7, url: 'https://b.io' },
      { type: 'bold', offset: 0, length: 7 },
    ];
    expect(messageHtml('a.io/bc', entities)).toBe(
      '<a href="https://a.io/bc" rel="noopener noreferrer"><b>a.io/bc</b></a>',
    );
  });

  it('takes time in proportion to the message, however its entities are forged', () => {
    const text = 'https://a.io/'.padEnd(300_000, 'x');
    const forged = (type: 'bold' | 'url'): MessageEntity[] =>
      Array.from({ length: 20_000 }, () => ({ type, offset: 0, length: text.length }));
    const startedAtMs = performance.now();
    expect(messageHtml(text, forged('bold'))).toHaveLength(440_000);
    const linked = messageHtml(text, forged('url'));
    expect(linked.length).toBeLessThan(700_000);
    expect(performance.now() - startedAtMs).toBeLessThan(5_000);
  });

  it('leaves out an entity that cuts across another one, and loses no character', () => {
    const entities: MessageEntity[] = [
      { type: 'bold', offset: 0, length: 3 },
      { type: 'italic', offset: 2, length: 3 },
    ];
    expect(messageHtml('abcde', entities)).toBe('<b>abc</b>de');
  });
});
