import { Conversation } from '../conversation/conversation.js';
import { element } from '../dom/element.js';
import { iconButton } from '../dom/icon-button.js';
import { EventConnection } from '../connection/event-connection.js';
import { activeFaults } from '../faults/active-faults.js';
import { FaultPanel } from '../faults/fault-panel.js';
import type { PageServices } from './page-services.js';
import { Sidebar } from './sidebar.js';
import { StatusLine } from './status-line.js';

/** How often what depends on the time alone is drawn again, in milliseconds. */
const TICK_MS = 1_000;

/** How long to wait for a frame. A page that is hidden, or becomes so, gets none, and is to count what is unread all the same. */
const LONGEST_FRAME_MS = 100;

/** The whole page: chats, the open one, and what goes wrong. */
export class PageLayout {
  readonly #services: PageServices;
  readonly #connection: EventConnection;
  readonly #sidebar: Sidebar;
  readonly #conversation: Conversation;
  readonly #faults: FaultPanel;
  readonly #status: StatusLine;
  readonly #listButton = iconButton('menu', 'Chats', () => this.#showList(true));
  readonly #faultButton = iconButton('bolt', 'What goes wrong', () => this.#toggleFaults());
  readonly #veil = element('div', { class: 'veil' });
  #planned: { readonly frame: number; readonly timer: number } | undefined;

  constructor(services: PageServices) {
    this.#services = services;
    this.#connection = new EventConnection(services.state);
    this.#sidebar = new Sidebar(services, () => this.#onOpen());
    this.#conversation = new Conversation(services, [this.#listButton], [this.#faultButton]);
    this.#faults = new FaultPanel(services, () => this.#toggleFaults());
    this.#status = new StatusLine(() => this.#connection.retryNow());
    this.#listButton.classList.add('list-button');
    this.#listButton.setAttribute('aria-controls', 'sidebar');
    this.#faultButton.classList.add('fault-button');
    this.#veil.addEventListener('click', () => this.#closeDrawers());
  }

  /** Puts the page into the document, and connects it. */
  start(): void {
    const { state, session, drafts, toasts, announcer } = this.#services;
    const columns = element(
      'div',
      { class: 'columns' },
      this.#sidebar.root,
      this.#conversation.root,
      this.#faults.root,
      this.#veil,
    );
    document.body.append(this.#status.root, columns, toasts.root, announcer.root);
    for (const source of [state, session, drafts, this.#connection]) {
      source.changed.add(() => this.#planDraw());
    }
    document.addEventListener('keydown', (event) => this.#onKey(event));
    window.setInterval(() => this.#planDraw(), TICK_MS);
    this.#connection.open();
  }

  /** However much has changed, the page is drawn once for the next picture. */
  #planDraw(): void {
    if (this.#planned) return;
    const draw = (): void => this.#drawPlanned();
    const frame = requestAnimationFrame(draw);
    this.#planned = { frame, timer: window.setTimeout(draw, LONGEST_FRAME_MS) };
  }

  #drawPlanned(): void {
    if (!this.#planned) return;
    cancelAnimationFrame(this.#planned.frame);
    window.clearTimeout(this.#planned.timer);
    this.#planned = undefined;
    this.#draw();
  }

  #draw(): void {
    const { state } = this.#services;
    this.#status.show(this.#connection.isOpen || !state.isLoaded);
    if (!state.isLoaded) return;
    this.#openSomething();
    this.#sidebar.draw();
    this.#conversation.draw();
    this.#faults.draw();
    this.#drawBadges();
  }

  /** Something is open whenever there is something: the first chat, or what took the place of another. */
  #openSomething(): void {
    const { state, session } = this.#services;
    const { place } = session;
    const chat = place && state.chats.get(place.chat);
    if (!place || !chat) {
      const first = [...state.chats.values()].toSorted((a, b) => lastIn(b.key) - lastIn(a.key))[0];
      const last = first && state.messagesOf(first.key).at(-1);
      if (first) session.open({ chat: first.key, topicId: last?.topicId });
    } else if (chat.gone?.upgradedTo !== undefined) session.open({ chat: chat.gone.upgradedTo });
    else if (place.topicId !== undefined && !state.findTopic(place.chat, place.topicId)) {
      session.open({ chat: place.chat });
    }
    function lastIn(key: string): number {
      return state.messagesOf(key).at(-1)?.sentAt ?? 0;
    }
  }

  #drawBadges(): void {
    const { state, session } = this.#services;
    const chats = [...state.chats.keys()].map((chat) => session.unreadIn({ chat }).length);
    const unread = chats.reduce((sum, count) => sum + count, 0);
    document.title = unread === 0 ? 'Telegram, emulated' : `(${unread}) Telegram, emulated`;
    badge(this.#listButton, 'Chats', unread, 'unread');
    badge(this.#faultButton, 'What goes wrong', activeFaults(state).length, 'active');
  }

  #onOpen(): void {
    this.#showList(false);
    this.#conversation.draw();
    this.#conversation.focusComposer();
  }

  #showList(isShown: boolean): void {
    document.body.classList.toggle('shows-list', isShown);
    if (isShown) this.#sidebar.focus();
  }

  #toggleFaults(): void {
    const { root } = this.#faults;
    root.hidden = !root.hidden;
    document.body.classList.toggle('shows-faults', !root.hidden);
    this.#faultButton.setAttribute('aria-expanded', String(!root.hidden));
    this.#faults.draw();
    if (root.hidden) this.#faultButton.focus();
    else root.querySelector('button')?.focus();
  }

  #closeDrawers(): void {
    this.#showList(false);
    if (!this.#faults.root.hidden) this.#toggleFaults();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    if (document.body.classList.contains('shows-list')) {
      this.#showList(false);
      this.#listButton.focus();
    } else if (this.#faults.root.contains(document.activeElement)) this.#toggleFaults();
  }
}

function badge(button: HTMLElement, label: string, count: number, what: string): void {
  const text = count === 0 ? label : `${label}, ${count} ${what}`;
  if (button.getAttribute('aria-label') === text) return;
  button.setAttribute('aria-label', text);
  button.title = text;
  button.dataset['count'] = count === 0 ? '' : String(count);
}
