import type { MessageView, ThreadView } from '../../api/views.interface.js';
import type { Locale } from '../locales/locale.js';
import type { Chat } from '../state/chat.js';
import type { OutboxEntry } from '../state/outbox-entry.js';
import { ComposerView } from './composer.view.js';
import { button, h, setText } from './dom.js';
import { acceptFiles } from './drop-zone.js';
import { icon, type IconName } from './icons.js';
import { LogView } from './log.view.js';
import { renderMenu } from './message-menu.view.js';
import type { MessageElement } from './message.view.js';
import { shownMessages } from './shown-message.js';
import { ThreadsView } from './threads.view.js';

/** The chat itself: a title, the messages or the list of conversations, and where one writes. */
export class PanelView {
  readonly element: HTMLElement;
  readonly #composer: ComposerView;
  readonly #log: LogView;
  readonly #threads: ThreadsView;
  readonly #banner = h('div', { class: 'banner', part: 'banner', role: 'status' });
  readonly #problem = h('div', { class: 'banner problem', part: 'banner', role: 'alert' });
  readonly #list: HTMLButtonElement;
  readonly #previews = new Map<string, string>();
  #menu: { readonly view: MessageElement; readonly element: HTMLElement } | undefined;
  #threadId = '';

  constructor(
    private readonly chat: Chat,
    private readonly locale: Locale,
    onClose: () => void,
    onSeen: () => void,
  ) {
    const { words } = locale;
    this.#composer = new ComposerView(chat, locale, this.#previews, () => this.#log.scrollToEnd());
    const messageActions = {
      onMore: (view: MessageElement): void => this.#toggleMenu(view),
      onRetry: ({ entry }: MessageElement['shown']): void => {
        if (entry) chat.outbox?.retry(entry);
      },
      onDiscard: ({ entry }: MessageElement['shown']): void => {
        if (entry) chat.outbox?.remove(entry.clientId);
      },
      onQuote: (id: string): void => this.#log.showMessage(id),
      resolve: (url: string): string => chat.api.resolve(url),
    };
    this.#log = new LogView(chat, locale, messageActions, () => onSeen());
    this.#threads = new ThreadsView(chat, locale, (thread) => this.#select(thread));
    this.#list = this.#button('menu', words.threads, () => this.#showThreads(!this.isListOpen));
    const title = h('h2', { part: 'title' }, h('slot', { name: 'title' }, words.title));
    const header = h(
      'header',
      { part: 'header' },
      this.#list,
      title,
      this.#button('close', words.close, onClose),
    );
    this.element = h(
      'section',
      {
        class: 'panel',
        part: 'panel',
        role: 'dialog',
        'aria-label': words.title,
        tabindex: -1,
        hidden: true,
      },
      header,
      this.#banner,
      this.#problem,
      this.#log.element,
      this.#threads.element,
      this.#composer.element,
    );
    this.#threads.element.hidden = true;
    const overlay = acceptFiles(this.element, words.drop, (files) =>
      this.#composer.addFiles(files),
    );
    this.element.append(overlay);
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.#menu) return;
      event.stopImmediatePropagation();
      this.#toggleMenu(this.#menu.view);
    });
  }

  get isListOpen(): boolean {
    return !this.#threads.element.hidden;
  }

  get isAtEnd(): boolean {
    return this.#log.isAtEnd && !this.isListOpen;
  }

  focus(): void {
    if (matchMedia('(pointer: coarse)').matches) this.element.focus();
    else this.#composer.focus();
  }

  scrollToEnd(): void {
    this.#log.scrollToEnd();
  }

  dispose(): void {
    this.#revokePreviews();
  }

  update(): void {
    const { chat, locale } = this;
    const { current, outbox, error, isConnected } = chat;
    const isLost = !isConnected && (chat.session !== undefined || !navigator.onLine);
    setText(this.#banner, isLost ? locale.words.connecting : '');
    setText(this.#problem, error && !(isLost && error.isTemporary) ? locale.problem(error) : '');
    this.#composer.update();
    if (this.isListOpen) this.#threads.update();
    this.#list.hidden = chat.threads.length === 0;
    const isOther = this.#threadId !== current.id;
    this.#threadId = current.id;
    const entries = outbox?.of(current.id) ?? [];
    this.#log.update(shownMessages(current, entries, this.#previews));
    this.#revokePreviews(entries);
    if (isOther) this.#log.scrollToEnd();
  }

  /** Pictures are kept for as long as a message with them is unsent and in view. */
  #revokePreviews(entries: readonly OutboxEntry[] = []): void {
    const used = new Set(entries.flatMap(({ uploads }) => uploads.map(({ id }) => id)));
    for (const [id, url] of this.#previews) {
      if (used.has(id)) continue;
      URL.revokeObjectURL(url);
      this.#previews.delete(id);
    }
  }

  #button(name: IconName, label: string, onclick: () => void): HTMLButtonElement {
    return button({ class: 'round', 'aria-label': label, title: label, onclick }, icon(name));
  }

  #select(thread?: ThreadView): void {
    if (!thread || thread.id !== this.chat.current.id) {
      this.#composer.leave();
      this.chat.select(thread);
    }
    this.#showThreads(false);
    this.#composer.focus();
  }

  #showThreads(isShown: boolean): void {
    if (isShown) void this.chat.refresh();
    this.#threads.element.hidden = !isShown;
    this.#log.element.hidden = isShown;
    this.#composer.element.hidden = isShown;
    this.#list.setAttribute('aria-expanded', String(isShown));
    this.update();
    if (!isShown) this.#log.scrollToEnd();
  }

  #toggleMenu(view: MessageElement): void {
    const open = this.#menu;
    this.#menu = undefined;
    if (open) {
      open.element.remove();
      open.view.more.ariaExpanded = 'false';
      open.view.more.focus();
    }
    if (open?.view === view) return;
    const { chat } = this;
    const element = renderMenu(
      view.shown.message,
      this.locale,
      {
        onReply: (message: MessageView) => this.#composer.reply(message),
        onEdit: (message: MessageView) => this.#composer.edit(message),
        onDelete: ({ id }: MessageView) => void chat.actions.delete(id),
        onReact: ({ id }: MessageView, emoji: string | null) => void chat.actions.react(id, emoji),
      },
      () => this.#toggleMenu(view),
    );
    view.element.append(element);
    view.more.ariaExpanded = 'true';
    element.querySelector('button')?.focus();
    element.scrollIntoView({ block: 'nearest' });
    this.#menu = { view, element };
  }
}
