import type { MessageView } from '../../api/views.interface.js';
import type { Locale } from '../locales/locale.js';
import type { Chat } from '../state/chat.js';
import { button, arrange, h, setText } from './dom.js';
import { icon } from './icons.js';
import { MessageElement, type MessageActions } from './message.view.js';
import { renderRated, renderRating } from './rating.view.js';
import type { ShownMessage } from './shown-message.js';

const GROUP_MS = 5 * 60_000;
const NEAR_PX = 80;

/** The messages of a thread, with days, notices and the rating between them. */
export class LogView {
  readonly element: HTMLElement;
  readonly #log: HTMLElement;
  readonly #newest: HTMLButtonElement;
  readonly #elements = new Map<string, MessageElement>();
  readonly #notices = new Map<string, HTMLElement>();
  #firstId: string | undefined;
  #isAtEnd = true;
  #isLoading = false;

  constructor(
    private readonly chat: Chat,
    private readonly locale: Locale,
    private readonly actions: MessageActions,
    /** Called when the newest messages come into view. */
    private readonly onEnd: () => void,
  ) {
    const { words } = locale;
    this.#log = h('div', {
      class: 'log',
      part: 'log',
      role: 'log',
      'aria-live': 'polite',
      'aria-label': words.title,
      tabindex: 0,
      onscroll: () => this.#onScroll(),
    });
    // Media that arrive, or do not, change its length, a long message that is written its height.
    const follow = (): void => {
      if (this.#isAtEnd) this.scrollToEnd();
    };
    for (const name of ['load', 'loadedmetadata', 'error']) {
      this.#log.addEventListener(name, () => setTimeout(follow), true);
    }
    new ResizeObserver(follow).observe(this.#log);
    this.#newest = button(
      {
        class: 'newest',
        'aria-label': words.newest,
        onclick: () => this.scrollToEnd(),
      },
      icon('down'),
    );
    this.element = h('div', { class: 'view' }, this.#log, this.#newest);
  }

  get isAtEnd(): boolean {
    return this.#isAtEnd;
  }

  update(messages: readonly ShownMessage[]): void {
    const { scrollHeight, scrollTop } = this.#log;
    const first = messages[0]?.message.id;
    const lines = this.#lines(messages);
    arrange(this.#log, lines);
    const ids = new Set(messages.map(({ message }) => message.id));
    for (const id of this.#elements.keys()) if (!ids.has(id)) this.#elements.delete(id);
    if (this.#isAtEnd) this.scrollToEnd();
    else if (first !== this.#firstId) {
      // Earlier messages came in above: what is read stays where it is.
      this.#log.scrollTop = scrollTop + this.#log.scrollHeight - scrollHeight;
    }
    this.#firstId = first;
  }

  scrollToEnd(): void {
    this.#isAtEnd = true;
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#newest.hidden = true;
    this.onEnd();
  }

  showMessage(id: string): void {
    const element = this.#elements.get(id)?.element;
    element?.scrollIntoView({ block: 'center' });
    element?.classList.add('found');
    setTimeout(() => element?.classList.remove('found'), 1500);
  }

  #lines(messages: readonly ShownMessage[]): Element[] {
    const { words } = this.locale;
    const { current, session } = this.chat;
    const lines: Element[] = [];
    if (!current.hasEarlier) lines.push(this.#notice('welcome', 'welcome', words.welcome));
    let previous: MessageView | undefined;
    let dayBefore = '';
    for (const shown of messages) {
      const { message } = shown;
      const date = new Date(message.sentAt);
      const isNewDay = date.toDateString() !== dayBefore;
      dayBefore = date.toDateString();
      // Formats are slow: one a day.
      if (isNewDay) {
        const day = this.locale.day(date);
        lines.push(this.#notice(`day:${day}`, 'day', day));
      }
      // That it is closed stands at its end, for as long as it is.
      if (message.event === 'closed') continue;
      if (message.author.kind === 'system') lines.push(this.#systemLine(message));
      else lines.push(this.#messageLine(shown, isNewDay || !isSameGroup(previous, message)));
      previous = message;
    }
    if (current.isClosed) {
      lines.push(this.#notice('closed', 'notice', words.closed));
      if (!current.thread?.rating) lines.push(this.#ratingForm());
    }
    if (session && !session.availability.isOpen) lines.push(this.#awayLine(session.availability));
    return lines;
  }

  #messageLine(shown: ShownMessage, isFirst: boolean): Element {
    const { id } = shown.message;
    const view = this.#elements.get(id) ?? new MessageElement(shown, this.locale, this.actions);
    this.#elements.set(id, view);
    view.update(shown, isFirst);
    return view.element;
  }

  #systemLine({ id, event, text = '', deletedAt }: MessageView): Element {
    const { reopened, deleted } = this.locale.words;
    const { stars } = this.chat.current.thread?.rating ?? {};
    if (event === 'rated' && stars) {
      return this.#keep(`rated:${stars}`, () => renderRated(this.locale, stars));
    }
    return this.#notice(`system:${id}`, 'notice', deletedAt ? deleted : event ? reopened : text);
  }

  #ratingForm(): Element {
    return this.#keep(`rating:${this.chat.current.id}`, () =>
      renderRating(this.locale, (stars, comment) => this.chat.actions.rate(stars, comment)),
    );
  }

  #awayLine({ text, opensAt }: { text?: string; opensAt?: string }): Element {
    const { away, back } = this.locale.words;
    const when = opensAt ? ` ${back.replace('{}', this.locale.dateTime(new Date(opensAt)))}` : '';
    return this.#notice('away', 'notice away', text ?? away + when);
  }

  #notice(key: string, name: string, text: string): Element {
    const element = this.#keep(key, () => h('div', { class: name, part: 'notice', dir: 'auto' }));
    setText(element, text);
    return element;
  }

  #keep(key: string, make: () => HTMLElement): HTMLElement {
    const element = this.#notices.get(key) ?? make();
    this.#notices.set(key, element);
    return element;
  }

  #onScroll(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#log;
    // A hidden log has no height, and nobody has scrolled it.
    if (!clientHeight) return;
    this.#isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    this.#newest.hidden = this.#isAtEnd;
    if (this.#isAtEnd) this.onEnd();
    if (scrollTop < NEAR_PX) void this.#loadEarlier();
  }

  async #loadEarlier(): Promise<void> {
    if (this.#isLoading || !this.chat.current.hasEarlier) return;
    this.#isLoading = true;
    this.#log.setAttribute('aria-busy', 'true');
    await this.chat.loadEarlier();
    this.#log.removeAttribute('aria-busy');
    this.#isLoading = false;
  }
}

function isSameGroup(previous: MessageView | undefined, message: MessageView): boolean {
  return (
    previous?.author.kind === message.author.kind &&
    previous.author.name === message.author.name &&
    Date.parse(message.sentAt) - Date.parse(previous.sentAt) < GROUP_MS
  );
}
