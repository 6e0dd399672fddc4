import type { MessageEntity } from '@grammyjs/types';

const SAFE_LINK = /^(?:https?|mailto|tel|tg):/i;

interface Tag {
  readonly open: string;
  readonly close: string;
}

/** Shows a message's formatting as HTML for a web page. Line breaks stay as they are. */
export function messageHtml(text: string, entities: readonly MessageEntity[]): string {
  const tagged = entities
    .map((entity) => ({ start: entity.offset, end: entity.offset + entity.length, entity }))
    .filter(({ start, end }) => start >= 0 && end > start && end <= text.length)
    .toSorted((a, b) => a.start - b.start || b.end - a.end);
  return render(text, 0, text.length, tagged);
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly entity: MessageEntity;
}

/** Renders `text` from `start` to `end`; the spans are sorted, an outer one before those inside it. */
function render(text: string, start: number, end: number, spans: readonly Span[]): string {
  let markup = '';
  let at = start;
  for (const [i, span] of spans.entries()) {
    // Inside one that is already rendered, or cutting across it, which Telegram never sends.
    if (span.start < at || span.end > end) continue;
    const inner = spans.slice(i + 1).filter((other) => other.end <= span.end);
    const tag = tagOf(span.entity, text.slice(span.start, span.end));
    const content = render(text, span.start, span.end, inner);
    markup += escape(text.slice(at, span.start)) + (tag ? tag.open + content + tag.close : content);
    at = span.end;
  }
  return markup + escape(text.slice(at, end));
}

function tagOf(entity: MessageEntity, text: string): Tag | null {
  switch (entity.type) {
    case 'bold':
      return element('b');
    case 'italic':
      return element('i');
    case 'underline':
      return element('u');
    case 'strikethrough':
      return element('s');
    case 'spoiler':
      return { open: '<span class="tg-spoiler">', close: '</span>' };
    case 'code':
      return element('code');
    case 'pre':
      return pre(entity.language);
    case 'blockquote':
    case 'expandable_blockquote':
      return element('blockquote');
    case 'text_link':
      return link(entity.url);
    case 'url':
      return link(/^[a-z][a-z\d+.-]*:/i.test(text) ? text : `https://${text}`);
    case 'email':
      return link(`mailto:${text}`);
    case 'phone_number':
      return link(`tel:${text.replaceAll(/[^\d+]/g, '')}`);
    default:
      return null;
  }
}

function element(name: string): Tag {
  return { open: `<${name}>`, close: `</${name}>` };
}

function pre(language: string | undefined): Tag {
  if (!language) return element('pre');
  const open = `<pre><code class="language-${escape(language)}">`;
  return { open, close: '</code></pre>' };
}

function link(url: string): Tag | null {
  if (!SAFE_LINK.test(url)) return null;
  return { open: `<a href="${escape(url)}" rel="noopener noreferrer">`, close: '</a>' };
}

function escape(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
