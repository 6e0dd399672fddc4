import type { PageButton, PageMessage } from '../../src/page/page-message.interface.js';
import { element } from '../dom/element.js';
import { icon } from '../dom/icon.js';
import { safeLink } from '../text/safe-link.js';
import type { MessageContext } from './message-context.js';

/** The buttons below a message. */
export function inlineKeyboard(message: PageMessage, context: MessageContext): HTMLElement {
  const rows = (message.buttons ?? []).map((row) =>
    element(
      'div',
      { class: 'keyboard-row' },
      ...row.map((button) => buttonView(message, button, context)),
    ),
  );
  return element('div', { class: 'keyboard' }, ...rows);
}

function buttonView(
  message: PageMessage,
  button: PageButton,
  context: MessageContext,
): HTMLElement {
  const style = button.style === undefined ? '' : ` is-${button.style}`;
  const words = element('bdi', {}, button.text);
  if (button.kind === 'url') return linkButton(button, style, words);
  const pressed = element(
    'button',
    { class: `keyboard-button${style}`, attributes: { type: 'button' } },
    words,
    button.kind === 'copy' && icon('copy'),
  );
  pressed.disabled = button.kind === 'other';
  pressed.addEventListener('click', () => context.press(message, button, pressed));
  return pressed;
}

function linkButton({ value = '' }: PageButton, style: string, words: HTMLElement): HTMLElement {
  const href = safeLink(value);
  const attributes = { href, title: value, target: '_blank', rel: 'noopener noreferrer' };
  return element('a', { class: `keyboard-button${style}`, attributes }, words, icon('external'));
}
