import { ChatList } from '../chats/chat-list.js';
import { askFor } from '../dom/dialog.js';
import { element } from '../dom/element.js';
import { iconButton } from '../dom/icon-button.js';
import type { PageServices } from './page-services.js';
import { ThemeSwitch } from './theme-switch.js';

const KINDS = {
  Group: 'group',
  Supergroup: 'supergroup',
  'Forum with topics': 'forum',
  'Private chat of a person with the bot': 'private',
  Channel: 'channel',
} as const;

/** The list of chats with its search; on narrow windows a drawer. */
export class Sidebar {
  readonly root: HTMLElement;
  readonly #services: PageServices;
  readonly #list: ChatList;
  readonly #search = element('input', {
    class: 'search',
    attributes: { type: 'search', placeholder: 'Search', 'aria-label': 'Search chats' },
  });

  constructor(services: PageServices, onOpen: () => void) {
    this.#services = services;
    this.#list = new ChatList(services, onOpen);
    this.#search.addEventListener('input', () => this.draw());
    const theme = new ThemeSwitch();
    const themeButton = iconButton('moon', 'Dark or light', () => theme.toggle());
    const newChat = iconButton('plus', 'New chat', () => void this.#createChat());
    this.root = element(
      'nav',
      { class: 'sidebar', attributes: { 'aria-label': 'Chats', id: 'sidebar' } },
      element('div', { class: 'sidebar-head' }, this.#search, newChat, themeButton),
      this.#list.root,
    );
  }

  draw(): void {
    this.#list.draw(this.#search.value);
  }

  focus(): void {
    this.root.querySelector<HTMLElement>('.row.is-open, .row')?.focus();
  }

  async #createChat(): Promise<void> {
    const entered = await askFor({
      title: 'New chat',
      confirm: 'Create',
      fields: [
        { name: 'kind', label: 'Kind', choices: Object.keys(KINDS) },
        { name: 'name', label: 'Title, or name of the person' },
      ],
    });
    const name = entered?.['name']?.trim();
    const kind = Object.entries(KINDS).find(([label]) => label === entered?.['kind'])?.[1];
    if (!name || !kind) return;
    const done = await this.#services.perform({ type: 'newChat', kind, name });
    if (done?.chat !== undefined) this.#services.openSoon({ chat: done.chat });
  }
}
