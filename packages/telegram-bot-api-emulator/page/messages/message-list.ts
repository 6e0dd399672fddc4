import type { PageMessage } from '../../src/page/page-message.interface.js';
import { type DrawnItem, DrawnList } from '../dom/drawn-list.js';
import { element } from '../dom/element.js';
import { closeStops, rove } from '../dom/roving-focus.js';
import { ScrollAnchor } from '../dom/scroll-anchor.js';
import { dayName } from '../text/date-time.js';
import { refreshTimes } from '../text/formatted-text.js';
import type { MessageContext } from './message-context.js';
import { messageView } from './message-view.js';
import { type MessageRow, rowsOf } from './message-rows.js';
import { reactionBar } from './reaction-bar.js';

/** What a list shows. */
export interface ShownMessages {
  readonly messages: readonly PageMessage[];
  readonly unread: { readonly firstId: number; readonly count: number } | undefined;
  /** What else decides how all messages look, such as who one is. */
  readonly view: string;
}

/** The messages of a place. Arrows move among them, Enter and the menu key open what can be done. */
export class MessageList {
  readonly root: HTMLElement;
  readonly #list: DrawnList;
  readonly #anchor: ScrollAnchor;

  constructor() {
    const attributes = {
      role: 'log',
      'aria-label': 'Messages',
      'aria-description': 'Arrow keys move among messages, Enter shows what can be done',
      'aria-live': 'off',
      tabindex: '0',
    };
    this.root = element('div', { class: 'messages', attributes });
    this.#list = new DrawnList(this.root);
    this.#anchor = new ScrollAnchor(this.root);
    this.root.addEventListener('keydown', (event) => this.#onKey(event));
  }

  /** Whether the next drawing is to show the end, as after one has written something. */
  goesToEnd = false;

  get isAtEnd(): boolean {
    return this.#anchor.isAtEnd;
  }

  toEnd(): void {
    this.#anchor.toEnd();
  }

  draw({ messages, unread, view }: ShownMessages, context: MessageContext): void {
    const rows = rowsOf(messages, unread);
    this.#anchor.keep(() => this.#list.draw(rows.map((row) => itemOf(row, view, context))));
    if (this.goesToEnd) this.toEnd();
    this.goesToEnd = false;
  }

  /** Shows a message and draws the eye to it. False when it is not here. */
  reveal(messageId: number): boolean {
    const view = this.root.querySelector<HTMLElement>(`[data-message="${messageId}"]`);
    if (!view) return false;
    this.#anchor.toView(view);
    view.classList.add('is-revealed');
    view.addEventListener('animationend', () => view.classList.remove('is-revealed'), {
      once: true,
    });
    view.focus({ preventScroll: true });
    return true;
  }

  /** The id of the last message that is in view. */
  get lastSeenId(): number {
    const { bottom } = this.root.getBoundingClientRect();
    // Ephemeral messages, whose ids are below zero, are not counted as unread.
    const counted = '[data-message]:not([data-message^="-"])';
    const views = [...this.root.querySelectorAll<HTMLElement>(counted)];
    const seen = views.findLast((view) => view.getBoundingClientRect().bottom <= bottom + 8);
    return Number(seen?.dataset['lastMessage'] ?? seen?.dataset['message'] ?? 0);
  }

  /** Shows where what is unread begins. */
  revealUnread(): void {
    const start = this.root.querySelector('.unread-line');
    if (start) this.#anchor.toView(start);
  }

  #onKey(event: KeyboardEvent): void {
    const views = [...this.root.querySelectorAll<HTMLElement>('.message')];
    const current = views.findIndex((view) => view === document.activeElement);
    if (event.target !== this.root && current === -1) return;
    switch (event.key) {
      case 'ArrowUp':
        focus(views.at(current === -1 ? -1 : Math.max(0, current - 1)), event);
        break;
      case 'ArrowDown':
        if (current !== -1) focus(views[Math.min(views.length - 1, current + 1)], event);
        break;
      case 'Home':
        focus(views[0], event);
        break;
      case 'End':
        focus(views.at(-1), event);
        break;
      case 'Enter':
      case ' ':
        views[current]?.querySelector<HTMLElement>('.message-more')?.click();
        if (current !== -1) event.preventDefault();
        break;
    }
  }
}

function focus(view: HTMLElement | undefined, event: KeyboardEvent): void {
  event.preventDefault();
  view?.focus();
}

function itemOf(row: MessageRow, view: string, context: MessageContext): DrawnItem {
  switch (row.kind) {
    case 'day': {
      const name = dayName(row.at, context.now);
      return line(`day ${row.at}`, name, 'day-line');
    }
    case 'unread':
      return line('unread', 'Unread messages', 'unread-line');
    case 'service':
      return line(`${row.message.id}`, row.message.service ?? '', 'service-line', row.message.id);
    case 'message':
      return messageItem(row, view, context);
  }
}

function line(key: string, text: string, kind: string, messageId?: number): DrawnItem {
  const attributes = { 'data-message': messageId === undefined ? undefined : String(messageId) };
  const draw = (): HTMLElement =>
    element('div', { class: kind, attributes }, element('bdi', {}, text));
  return { key, version: text, draw };
}

function messageItem(
  row: Extract<MessageRow, { readonly kind: 'message' }>,
  view: string,
  context: MessageContext,
): DrawnItem {
  const [message] = row.messages;
  // Reactions come and go while a video plays: they are drawn apart.
  const still = row.messages.map((shown) => ({ ...shown, reactions: [] }));
  const around = [context.tagOf(message), context.isPinned(message)];
  const reactions = JSON.stringify(message.reactions);
  return {
    key: String(message.id),
    version: JSON.stringify([still, row.isFirst, row.isLast, view, ...around]),
    draw: () => {
      const drawn = messageView(row, context);
      rove(drawn);
      return drawn;
    },
    refresh: (drawn) => {
      refreshTimes(drawn, context.now);
      const bar = drawn.querySelector<HTMLElement>('.reactions');
      if (!bar || bar.dataset['reactions'] === reactions) return;
      bar.dataset['reactions'] = reactions;
      bar.replaceChildren(...reactionBar(message, context));
      closeStops(drawn);
    },
  };
}
