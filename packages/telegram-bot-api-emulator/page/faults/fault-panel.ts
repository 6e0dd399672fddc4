import type { PageFaultAction } from '../../src/page/page-action.interface.js';
import type { PageChat } from '../../src/page/page-protocol.js';
import { type DrawnItem, DrawnList } from '../dom/drawn-list.js';
import { element } from '../dom/element.js';
import { iconButton } from '../dom/icon-button.js';
import type { PageServices } from '../shell/page-services.js';
import { activeFaults } from './active-faults.js';
import { botFaults, chatFaults, topicFaults } from './chat-faults.js';
import { botPanel, clockPanel, networkFaults } from './world-faults.js';

/** What can go wrong: switches for the open chat, for all of Telegram, and the clock. */
export class FaultPanel {
  readonly root: HTMLElement;
  readonly #services: PageServices;
  readonly #content = element('div', { class: 'panel-content' });
  readonly #list = new DrawnList(this.#content);
  readonly #perform = (action: PageFaultAction): void => void this.#services.perform(action);

  constructor(services: PageServices, close: () => void) {
    this.#services = services;
    const head = element(
      'div',
      { class: 'panel-head' },
      element('h2', {}, 'What goes wrong'),
      iconButton('close', 'Close the panel', close),
    );
    const attributes = { 'aria-label': 'What goes wrong', hidden: '' };
    this.root = element('aside', { class: 'fault-panel', attributes }, head, this.#content);
  }

  draw(): void {
    if (this.root.hidden) return;
    const { state, session } = this.#services;
    const chat = session.place && state.chats.get(session.place.chat);
    this.#list.draw([
      this.#activeItem(),
      ...(chat && !chat.gone ? this.#chatItems(chat, session.place?.topicId) : []),
      item('network', state.faults, () => networkFaults(state.faults, this.#perform)),
      item('clock', [state.clock.kind, Math.floor(state.now / 1_000)], () =>
        clockPanel(state.clock, state.now, this.#perform),
      ),
      ...[...state.bots.values()].map((bot) =>
        item(`bot ${bot.id}`, bot, () => botPanel(bot, this.#perform)),
      ),
    ]);
  }

  #activeItem(): DrawnItem {
    const active = activeFaults(this.#services.state);
    return item('active', active, () => {
      if (active.length === 0) return element('p', { class: 'note' }, 'All is well at the moment.');
      const attributes = { 'aria-label': 'Active' };
      const lines = active.map((words) => element('li', {}, words));
      return element('ul', { class: 'active-faults', attributes }, ...lines);
    });
  }

  #chatItems(chat: PageChat, topicId: number | undefined): DrawnItem[] {
    const { state } = this.#services;
    const { key, title, type, hasTopics, redirectsDeletedTopics } = chat;
    const topic = topicId === undefined ? undefined : state.findTopic(key, topicId);
    const topics = item(`topics ${key}`, [topic, redirectsDeletedTopics], () =>
      topicFaults(chat, topic, this.#perform),
    );
    const bots = chat.members.flatMap((member) => {
      const bot = state.bots.get(member.id);
      if (!bot) return [];
      return item(`bot ${bot.id} in ${key}`, [bot.name, member], () =>
        botFaults(chat, bot, member, this.#perform),
      );
    });
    const faults = item(`chat ${key}`, [title, type], () => chatFaults(chat, this.#perform));
    return [faults, ...(hasTopics ? [topics] : []), ...bots];
  }
}

/** Drawn again only when its facts differ, so that it keeps the focus. */
function item(key: string, facts: unknown, draw: () => HTMLElement): DrawnItem {
  return { key, version: JSON.stringify(facts), draw };
}
