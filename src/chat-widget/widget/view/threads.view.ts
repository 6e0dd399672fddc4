import type { ThreadView } from '../../api/views.interface.js';
import type { Locale } from '../locales/locale.js';
import type { Chat } from '../state/chat.js';
import { button, h } from './dom.js';
import { icon } from './icons.js';

/** The customer's conversations. */
export class ThreadsView {
  readonly element = h('div', { class: 'threads', part: 'threads' });

  constructor(
    private readonly chat: Chat,
    private readonly locale: Locale,
    private readonly onSelect: (thread?: ThreadView) => void,
  ) {}

  update(): void {
    const { words } = this.locale;
    const create = button(
      { class: 'primary', onclick: () => this.onSelect() },
      icon('plus'),
      words.newThread,
    );
    const threads = this.chat.threads.map((thread) => h('li', {}, this.#line(thread)));
    this.element.replaceChildren(create, h('ul', {}, ...threads));
  }

  #line(thread: ThreadView): HTMLElement {
    const { id, subject, updatedAt, status } = thread;
    const { current } = this.chat;
    const unread = id === current.id ? current.unread : thread.unread;
    const date = new Date(updatedAt);
    const when = `${this.locale.day(date)}, ${this.locale.time(date)}`;
    return button(
      {
        class: status,
        'aria-current': id === current.id && 'true',
        onclick: () => this.onSelect(thread),
      },
      h('span', { class: 'name', dir: 'auto' }, subject || this.locale.words.title),
      h('small', {}, when),
      unread > 0 && this.#badge(unread),
    );
  }

  #badge(unread: number): HTMLElement {
    const label = this.locale.count(this.locale.words.unread, unread);
    return h(
      'span',
      { class: 'badge', role: 'img', 'aria-label': label },
      this.locale.number(unread),
    );
  }
}
