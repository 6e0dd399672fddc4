import { copyText } from '../dom/copy-text.js';
import { type Child, element } from '../dom/element.js';
import { iconButton } from '../dom/icon-button.js';
import { plainName } from './plain-name.js';

/** A block of code with its language, which can be copied. */
export function preformatted(code: string, language: string | undefined): HTMLElement {
  const copy = iconButton('copy', 'Copy code', () => void copyText(code));
  const label = element('span', { class: 'pre-language' }, plainName(language ?? '', 'code'));
  return element(
    'div',
    { class: 'pre' },
    element('div', { class: 'pre-head' }, label, copy),
    // Long lines are scrolled, by keyboard, too.
    element('pre', { attributes: { tabindex: '0' } }, element('code', {}, code)),
  );
}

/** Text that nobody reads before asking for it. */
export function spoiler(content: readonly Child[]): HTMLElement {
  const hidden = element('span', { class: 'spoiler-text', attributes: { inert: '' } }, ...content);
  const show = element(
    'button',
    { class: 'visually-hidden', attributes: { type: 'button' } },
    'Show hidden text',
  );
  const whole = element('span', { class: 'spoiler' }, show, hidden);
  whole.addEventListener('click', () => {
    whole.classList.add('is-shown');
    hidden.removeAttribute('inert');
    show.remove();
  });
  return whole;
}

/** A quote that shows three lines until somebody wants more. */
export function collapsedQuote(content: readonly Child[]): HTMLElement {
  const toggle = element(
    'button',
    { class: 'quote-toggle', attributes: { type: 'button', 'aria-expanded': 'false' } },
    'Show more',
  );
  const text = element('div', { class: 'quote-text' }, ...content);
  const quote = element('blockquote', { class: 'is-collapsed' }, text, toggle);
  toggle.addEventListener('click', () => {
    const isCollapsed = quote.classList.toggle('is-collapsed');
    toggle.setAttribute('aria-expanded', String(!isCollapsed));
    toggle.textContent = isCollapsed ? 'Show more' : 'Show less';
  });
  return quote;
}

/** A custom emoji, by the emoji that stands in for its picture. */
export function customEmoji(alternative: string, id: string): HTMLElement {
  return element(
    'span',
    { class: 'custom-emoji', attributes: { title: `Custom emoji ${plainName(id)}` } },
    alternative,
  );
}
