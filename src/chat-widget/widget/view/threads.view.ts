import type { ThreadView } from '../../api/views.interface.js';
import type { Locale } from '../locales/locale.js';
import type { Chat } from '../state/chat.js';
import { arrange, button, h } from './dom.js';
import { icon } from './icons.js';

/** The customer's conversations. */
export class ThreadsView {
  readonly element: HTMLElement;
  readonly #list = h('ul');
  /** By thread. They are reused, because a new button has neither the focus nor a click that has begun. */
  readonly #buttons = new Map<string, HTMLButtonElement>();

  constructor(
    private readonly chat: Chat,
    private readonly locale: Locale,
    private readonly onSelect: (thread?: ThreadView) => void,
  ) {
    const create = button(
      { class: 'primary', onclick: () => onSelect() },
      icon('plus'),
      locale.words.newThread,
    );
    this.element = h('div', { class: 'threads', part: 'threads' }, create, this.#list);
  }

  update(): void {
    arrange(
      this.#list,
      this.chat.threads.map((thread) => this.#line(thread)),
    );
  }

  #line(thread: ThreadView): HTMLElement {
    const { id, subject, updatedAt, status } = thread;
    const { chat, locale } = this;
    const isCurrent = id === chat.current.id;
    const { unread } = isCurrent ? chat.current : thread;
    const date = new Date(updatedAt);
    const label = locale.count(locale.words.unread, unread);
    const badge = { class: 'badge', role: 'img', 'aria-label': label };
    const open = this.#buttons.get(id) ?? button({});
    this.#buttons.set(id, open);
    open.className = status;
    open.ariaCurrent = isCurrent ? 'true' : null;
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- One listener, for the thread as it is now.
    open.onclick = () => this.onSelect(thread);
    open.replaceChildren(
      h('span', { class: 'name', dir: 'auto' }, subject || locale.words.title),
      h('small', {}, `${locale.day(date)}, ${locale.time(date)}`),
      unread > 0 ? h('span', badge, locale.number(unread)) : '',
    );
    return open.parentElement ?? h('li', {}, open);
  }
}
