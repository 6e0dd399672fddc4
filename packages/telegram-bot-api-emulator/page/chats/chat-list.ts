import type { PageMessage } from '../../src/page/page-message.interface.js';
import type { PageChat, PageTopic } from '../../src/page/page-protocol.js';
import { type DrawnItem, DrawnList } from '../dom/drawn-list.js';
import { element } from '../dom/element.js';
import { stopAtOne } from '../dom/roving-focus.js';
import { botActionText } from '../people/bot-action-text.js';
import type { PageServices } from '../shell/page-services.js';
import { type Place, isIn, placeKey } from '../state/place.js';
import { plainName } from '../text/plain-name.js';
import { type RowFacts, chatRow, topicRow } from './chat-row.js';

/** The chats and, below each that has them, its topics. Arrows move among them. */
export class ChatList {
  readonly root = element('ul', { class: 'chat-list', attributes: { 'aria-label': 'Chats' } });
  readonly #services: PageServices;
  readonly #list = new DrawnList(this.root);
  readonly #onOpen: () => void;

  /** @param onOpen Called when somebody has opened a place here. */
  constructor(services: PageServices, onOpen: () => void) {
    this.#services = services;
    this.#onOpen = onOpen;
    this.root.addEventListener('keydown', (event) => this.#onKey(event));
  }

  /** @param search What the names of chats and topics, or last messages, are to hold. */
  draw(search: string): void {
    const { chats } = this.#services.state;
    const entries = [...chats.values()].map((chat) => ({
      chat,
      last: this.#last({ chat: chat.key }),
    }));
    const sorted = entries.toSorted((a, b) => (b.last?.sentAt ?? 0) - (a.last?.sentAt ?? 0));
    const items = sorted.flatMap(({ chat }) => this.#itemsOf(chat, search.trim().toLowerCase()));
    this.#list.draw(items);
    this.#stopAtOne();
  }

  /** The Tab key leads to the row that has or had the focus, else to that of the open place. */
  #stopAtOne(): void {
    const buttons = [...this.root.querySelectorAll('button')];
    const focused = buttons.find((button) => button === document.activeElement);
    const open = buttons.find((button) => button.classList.contains('is-open'));
    stopAtOne(buttons, focused ?? open ?? buttons[0]);
  }

  #itemsOf(chat: PageChat, search: string): DrawnItem[] {
    const place = { chat: chat.key };
    const topics = chat.hasTopics ? this.#topicItems(chat, search) : [];
    const isFound = matches(chat.title, search) || topics.length > 0;
    if (!isFound) return [];
    const facts = this.#factsOf(place);
    const draw = (): HTMLElement => chatRow(chat, facts, () => this.#open(place));
    return [{ key: chat.key, version: JSON.stringify([chat, facts]), draw }, ...topics];
  }

  #topicItems(chat: PageChat, search: string): DrawnItem[] {
    const topics = this.#services.state.topicsOf(chat.key).filter(({ isHidden }) => !isHidden);
    const entries = topics.map((topic) => ({
      topic,
      last: this.#last({ chat: chat.key, topicId: topic.id }),
    }));
    // Times are in whole seconds: what came later in one of them has a higher id.
    return entries
      .toSorted((a, b) => (b.last?.id ?? 0) - (a.last?.id ?? 0))
      .filter(({ topic, last }) =>
        [topic.name, last?.text?.text ?? ''].some((text) => matches(text, search)),
      )
      .map(({ topic }) => this.#topicItem(topic));
  }

  #topicItem(topic: PageTopic): DrawnItem {
    const place = { chat: topic.chat, topicId: topic.id };
    const facts = this.#factsOf(place);
    return {
      key: placeKey(place),
      version: JSON.stringify([topic, facts]),
      draw: () => topicRow(topic, facts, () => this.#open(place)),
    };
  }

  #open(place: Place): void {
    this.#services.session.open(place);
    this.#onOpen();
  }

  #factsOf(place: Place): RowFacts {
    const { state, session, drafts } = this.#services;
    const action = state.botActions.in(place);
    const bot = action && state.bots.get(action.bot);
    return {
      last: this.#last(place),
      unread: session.unreadIn(place).length,
      isOpen: session.place !== undefined && placeKey(session.place) === placeKey(place),
      typing: action && botActionText(plainName(bot?.name ?? ''), action.action),
      draft: drafts.in(place).text,
      // Days change the look of a date, and nothing else does.
      now: Math.floor(state.now / 60_000) * 60_000,
    };
  }

  #last(place: Place): PageMessage | undefined {
    return this.#services.state.messagesOf(place.chat).findLast((message) => isIn(message, place));
  }

  #onKey(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const buttons = [...this.root.querySelectorAll('button')];
    const current = buttons.findIndex((button) => button === document.activeElement);
    buttons[Math.max(0, Math.min(buttons.length - 1, current + step))]?.focus();
    this.#stopAtOne();
  }
}

function matches(text: string, search: string): boolean {
  return text.toLowerCase().includes(search);
}
