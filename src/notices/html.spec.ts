import { describe, expect, it } from 'vitest';
import { html, joinHtml } from './html.js';

describe('html', () => {
  it('escapes every value and keeps the literal parts', () => {
    expect(html`<b>${'<i>&"quoted"</i>'}</b>`.toString()).toBe(
      '<b>&lt;i&gt;&amp;&quot;quoted&quot;&lt;/i&gt;</b>',
    );
  });

  it('keeps markup that it made itself, also in a list', () => {
    const bold = html`<b>${'1 < 2'}</b>`;
    expect(html`${bold}|${[bold, bold]}`.toString()).toBe(
      '<b>1 &lt; 2</b>|<b>1 &lt; 2</b><b>1 &lt; 2</b>',
    );
  });

  it('escapes what JavaScript lets into a list', () => {
    const list = JSON.parse('["<b>"]');
    expect(html`${list}`.toString()).toBe('&lt;b&gt;');
  });

  it('shows nothing for null and undefined, and numbers as they are', () => {
    expect(html`[${null}${undefined}${0}]`.toString()).toBe('[0]');
  });

  it('replaces lone surrogates, which no UTF-8 text can hold', () => {
    expect(html`${'a\ud83d b\udc4d c👍'}`.toString()).toBe('a\ufffd b\ufffd c👍');
  });

  it('escapes an attribute so that it cannot end early', () => {
    expect(html`<a href="${'https://x/?a=1&b="><b>'}">x</a>`.toString()).toBe(
      '<a href="https://x/?a=1&amp;b=&quot;&gt;&lt;b&gt;">x</a>',
    );
  });
});

describe('Html', () => {
  it('converts to the text that a reader sees', () => {
    expect(html`<b>${'1 < 2 & "so"'}</b>\n${'&amp;'}`.toPlainText()).toBe('1 < 2 & "so"\n&amp;');
  });

  it('decodes numbered entities, as Telegram does', () => {
    const numbered = html`&#128512;&#x20;&#XE9;&nbsp;&#1114112;&#x;`;
    expect(numbered.toPlainText()).toBe('😀 é&nbsp;&#1114112;&#x;');
  });

  it('is joined with a separator', () => {
    expect(joinHtml([html`<b>a</b>`, html`b`], '\n\n').toString()).toBe('<b>a</b>\n\nb');
  });
});
