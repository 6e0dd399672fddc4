import type { MessageEntity } from '@grammyjs/types';
import { element } from '../dom/element.js';
import { dateTimeText } from './date-time.js';
import { type TextNode, nestEntities } from './entity-tree.js';
import { collapsedQuote, customEmoji, preformatted, spoiler } from './formatted-blocks.js';
import { safeLink } from './safe-link.js';

/** What the texts of messages need from the page. */
export interface TextContext {
  /** In milliseconds, for times that are relative to it. */
  readonly now: number;
  /** What happens when somebody clicks on `/command`; undefined where nothing does. */
  readonly runCommand?: ((command: string) => void) | undefined;
}

/** A text with its entities as elements. Nothing of the text becomes markup. */
export function formattedText(
  text: string,
  entities: readonly MessageEntity[] | undefined,
  context: TextContext,
): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(...contentOf(nestEntities(text, entities ?? []), text, context));
  return fragment;
}

function contentOf(node: TextNode, text: string, context: TextContext): (Node | string)[] {
  const content: (Node | string)[] = [];
  let position = node.start;
  for (const child of node.children) {
    if (child.start > position) content.push(text.slice(position, child.start));
    content.push(...formatted(child, text, context));
    position = child.end;
  }
  if (node.end > position) content.push(text.slice(position, node.end));
  return content;
}

function formatted(node: TextNode, text: string, context: TextContext): (Node | string)[] {
  const { entity } = node;
  const content = contentOf(node, text, context);
  const own = text.slice(node.start, node.end);
  if (!entity) return content;
  switch (entity.type) {
    case 'bold':
      return [element('strong', {}, ...content)];
    case 'italic':
      return [element('em', {}, ...content)];
    case 'underline':
      return [element('u', {}, ...content)];
    case 'strikethrough':
      return [element('s', {}, ...content)];
    case 'code':
      return [element('code', {}, ...content)];
    case 'pre':
      return [preformatted(own, entity.language)];
    case 'spoiler':
      return [spoiler(content)];
    case 'blockquote':
      return [element('blockquote', {}, ...content)];
    case 'expandable_blockquote':
      return [collapsedQuote(content)];
    case 'custom_emoji':
      return [customEmoji(own, entity.custom_emoji_id)];
    case 'text_link':
      return [link(entity.url, content, entity.url)];
    case 'url':
      return [link(own, content)];
    case 'email':
      return [link(`mailto:${own}`, content)];
    case 'phone_number':
      return [link(`tel:${own.replaceAll(/[^\d+]/g, '')}`, content)];
    case 'bot_command':
      return [command(own, content, context)];
    case 'date_time':
      return [dateTime(own, entity, context)];
    case 'mention':
    case 'text_mention':
    case 'hashtag':
    case 'cashtag':
      return [element('span', { class: 'mention' }, ...content)];
    default:
      // A kind that came after this page.
      return content;
  }
}

function link(address: string, content: (Node | string)[], title?: string): HTMLElement {
  const href = safeLink(address);
  if (href === undefined) return element('span', { class: 'dead-link' }, ...content);
  const attributes = { href, target: '_blank', rel: 'noopener noreferrer', title };
  return element('a', { attributes }, ...content);
}

function command(own: string, content: (Node | string)[], context: TextContext): HTMLElement {
  const { runCommand } = context;
  if (!runCommand) return element('span', { class: 'mention' }, ...content);
  return element(
    'button',
    { class: 'text-button', attributes: { type: 'button' }, on: { click: () => runCommand(own) } },
    ...content,
  );
}

function dateTime(
  own: string,
  entity: MessageEntity.DateTimeMessageEntity,
  { now }: TextContext,
): HTMLElement {
  const at = entity.unix_time * 1_000;
  const text = dateTimeText(at, entity.date_time_format, now);
  const attributes = {
    title: own,
    datetime: text === undefined ? undefined : new Date(at).toISOString(),
    'data-relative': entity.date_time_format === 'r' ? String(at) : undefined,
  };
  return element('time', { class: 'date-time', attributes }, text ?? own);
}

/** Brings the times in a view that are relative to now up to date. */
export function refreshTimes(view: HTMLElement, now: number): void {
  for (const time of view.querySelectorAll<HTMLElement>('[data-relative]')) {
    const text = dateTimeText(Number(time.dataset['relative']), 'r', now);
    if (text !== undefined && text !== time.textContent) time.textContent = text;
  }
}
