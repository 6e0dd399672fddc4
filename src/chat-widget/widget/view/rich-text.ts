import { button, h } from './dom.js';

const TAGS = {
  B: 'b',
  STRONG: 'b',
  I: 'i',
  EM: 'i',
  U: 'u',
  S: 's',
  DEL: 's',
  CODE: 'code',
  PRE: 'pre',
  BLOCKQUOTE: 'blockquote',
  BR: 'br',
} as const;
const PROTOCOLS = ['http:', 'https:', 'mailto:', 'tel:'];
const URLS = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}'»]/g;

/**
 * Builds what an agent wrote out of known elements. The browser parses the HTML in a document that runs and loads
 * nothing; of it only texts and the `href` of links are used. Where even that is forbidden, the text is shown.
 */
export function renderHtml(html: string, text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  try {
    const { body } = new DOMParser().parseFromString(html, 'text/html');
    fragment.append(...build(body));
  } catch {
    fragment.append(...renderText(text));
  }
  return fragment;
}

/** A text with its addresses as links. */
export function renderText(text: string): (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let end = 0;
  for (const { 0: url, index } of text.matchAll(URLS)) {
    nodes.push(text.slice(end, index), link(url, [url]));
    end = index + url.length;
  }
  nodes.push(text.slice(end));
  return nodes;
}

/** The address, if a customer may be led there. */
export function safeUrl(href: string | null): string | undefined {
  try {
    const url = new URL(href ?? '');
    return PROTOCOLS.includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

function build(parent: Node): (Node | string)[] {
  return [...parent.childNodes].flatMap((node) => {
    if (node.nodeType === Node.TEXT_NODE) return [node.textContent ?? ''];
    if (!(node instanceof Element)) return [];
    return buildElement(node);
  });
}

function buildElement(element: Element): (Node | string)[] {
  const name = element.nodeName;
  if (name === 'SCRIPT' || name === 'STYLE') return [];
  const children = build(element);
  if (name === 'TG-SPOILER' || element.classList.contains('tg-spoiler')) return [spoiler(children)];
  if (name === 'A') {
    const url = safeUrl(element.getAttribute('href'));
    return url ? [link(url, children)] : children;
  }
  return isKnown(name) ? [h(TAGS[name], {}, ...children)] : children;
}

function isKnown(name: string): name is keyof typeof TAGS {
  return Object.hasOwn(TAGS, name);
}

function link(href: string, children: (Node | string)[]): HTMLElement {
  return h('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' }, ...children);
}

function spoiler(children: (Node | string)[]): HTMLElement {
  const element = button(
    { class: 'spoiler', 'aria-expanded': 'false' },
    h('span', {}, ...children),
  );
  element.addEventListener('click', () => {
    element.setAttribute('aria-expanded', element.ariaExpanded === 'true' ? 'false' : 'true');
  });
  return element;
}
