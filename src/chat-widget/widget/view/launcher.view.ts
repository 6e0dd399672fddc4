import type { Locale } from '../locales/locale.js';
import { button, h, setText } from './dom.js';
import { icon } from './icons.js';

/** The round button that opens and closes the chat, with the number of unread messages. */
export class LauncherView {
  readonly element: HTMLButtonElement;
  readonly #badge = h('span', { class: 'badge', part: 'badge', 'aria-hidden': 'true' });

  constructor(
    private readonly locale: Locale,
    onToggle: () => void,
  ) {
    this.element = button(
      { class: 'round primary launcher', part: 'launcher', onclick: onToggle },
      icon('chat'),
      icon('down'),
      this.#badge,
    );
  }

  update(isOpen: boolean, unread: number): void {
    const { words } = this.locale;
    const label = unread ? `${words.open}, ${this.locale.count(words.unread, unread)}` : words.open;
    this.element.setAttribute('aria-label', isOpen ? words.close : label);
    this.element.setAttribute('aria-expanded', String(isOpen));
    this.#badge.hidden = isOpen || !unread;
    setText(this.#badge, unread > 99 ? `${this.locale.number(99)}+` : this.locale.number(unread));
  }
}
