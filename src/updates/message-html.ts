import type { MessageEntity } from '@grammyjs/types';

const SAFE_LINK = /^(?:https?|mailto|tel|tg):/i;

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const LINKS = new Set<MessageEntity['type']>(['text_link', 'url', 'email', 'phone_number']);

interface Tag {
  readonly open: string;
  readonly close: string;
}

/**
 * Renders a message with its formatting as HTML for a web page. Line breaks stay as they are. Time and size are
 * linear in the message, however many entities are forged and nested.
 */
export function messageHtml(text: string, entities: readonly MessageEntity[]): string {
  const spans = entities
    .map((entity) => ({ start: entity.offset, end: entity.offset + entity.length, entity }))
    .filter(({ start, end }) => start >= 0 && end > start && end <= text.length)
    .toSorted((a, b) => a.start - b.start || b.end - a.end);
  const open: OpenTag[] = [];
  const pieces: string[] = [];
  let at = 0;
  const copyUpTo = (end: number): void => {
    pieces.push(escape(text.slice(at, end)));
    at = end;
  };
  const closeUpTo = (end: number): void => {
    for (let last = open.at(-1); last && last.end <= end; last = open.at(-1)) {
      copyUpTo(last.end);
      pieces.push(last.close);
      open.pop();
    }
  };
  for (const { start, end, entity } of spans) {
    closeUpTo(start);
    const outer = open.at(-1);
    // It overlaps another one partly, which Telegram never sends.
    if (outer && end > outer.end) continue;
    const isInLink = outer?.isInLink ?? false;
    // HTML has no nested links, and these could repeat the text without end.
    const tag = isInLink && LINKS.has(entity.type) ? null : tagOf(entity, text.slice(start, end));
    copyUpTo(start);
    pieces.push(tag?.open ?? '');
    open.push({ end, close: tag?.close ?? '', isInLink: isInLink || LINKS.has(entity.type) });
  }
  closeUpTo(text.length);
  copyUpTo(text.length);
  return pieces.join('');
}

/** An element that has begun. */
interface OpenTag {
  readonly end: number;
  readonly close: string;
  readonly isInLink: boolean;
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
  return text.toWellFormed().replace(/[&<>"']/g, (character) => ESCAPED[character] ?? '');
}
