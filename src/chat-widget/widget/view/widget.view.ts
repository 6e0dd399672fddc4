import type { Locale } from '../locales/locale.js';
import type { Chat } from '../state/chat.js';
import { h } from './dom.js';
import { trapFocus } from './focus-trap.js';
import { LauncherView } from './launcher.view.js';
import { PageTitle } from './page-title.js';
import { PanelView } from './panel.view.js';
import { PhoneScreen } from './phone-screen.js';

/** Everything in the shadow root. */
export class WidgetView {
  readonly element: HTMLElement;
  readonly #panel: PanelView;
  readonly #launcher: LauncherView;
  readonly #screen: PhoneScreen;
  readonly #title = new PageTitle();
  readonly #end = new AbortController();
  #isStale = false;
  #focusBefore: HTMLElement | undefined;

  constructor(
    private readonly chat: Chat,
    locale: Locale,
    private readonly isInline: boolean,
    private readonly onToggle: (isOpen: boolean) => void,
  ) {
    const { signal } = this.#end;
    this.#panel = new PanelView(
      chat,
      locale,
      () => onToggle(false),
      () => this.#markRead(),
    );
    this.#launcher = new LauncherView(locale, () => onToggle(!this.isOpen));
    this.#launcher.element.hidden = isInline;
    const panel = this.#panel.element;
    this.#screen = new PhoneScreen(panel, signal);
    this.element = h(
      'div',
      {
        class: isInline ? 'root inline' : 'root',
        dir: locale.direction,
        lang: locale.tag,
        part: 'root',
      },
      panel,
      this.#launcher.element,
    );
    panel.addEventListener('keydown', (event) => this.#onKey(event));
    const onVisible = (): void => {
      if (document.visibilityState !== 'visible') return;
      this.#markRead();
      void chat.resume();
    };
    document.addEventListener('visibilitychange', onVisible, { signal });
    addEventListener('pageshow', (event) => event.persisted && onVisible(), { signal });
    addEventListener('focus', () => this.#markRead(), { signal });
    addEventListener('online', () => void chat.resume(), { signal });
    addEventListener('offline', () => chat.onConnection(false), { signal });
  }

  get isOpen(): boolean {
    return !this.#panel.element.hidden;
  }

  /** @param hasFocus Whether the customer asked for it, so that the focus follows. */
  show(isOpen: boolean, hasFocus: boolean): void {
    const panel = this.#panel.element;
    if (isOpen) {
      const active = document.activeElement;
      this.#focusBefore = active instanceof HTMLElement ? active : undefined;
    }
    panel.hidden = !isOpen;
    this.element.classList.toggle('open', isOpen);
    if (!this.isInline) this.#screen.update();
    this.update();
    if (isOpen) this.#panel.scrollToEnd();
    if (!hasFocus) return;
    if (isOpen) this.#panel.focus();
    else if (this.#focusBefore?.shadowRoot === this.element.getRootNode())
      this.#launcher.element.focus();
    else (this.#focusBefore ?? this.#launcher.element).focus();
  }

  /** Shows what has changed, once for all changes of a turn. */
  update(): void {
    if (this.#isStale) return;
    this.#isStale = true;
    queueMicrotask(() => {
      this.#isStale = false;
      if (!this.#end.signal.aborted) this.#update();
    });
  }

  dispose(): void {
    this.#end.abort();
    this.#title.update(0);
    this.#panel.dispose();
    this.element.remove();
  }

  #update(): void {
    this.#markRead();
    const { unread } = this.chat;
    this.#panel.update();
    this.#launcher.update(this.isOpen, unread);
    this.#title.update(unread);
  }

  #markRead(): void {
    const isSeen = this.isOpen && document.visibilityState === 'visible' && document.hasFocus();
    if (isSeen && this.#panel.isAtEnd) this.chat.actions.markRead();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !this.isInline) {
      event.stopPropagation();
      this.onToggle(false);
    } else if (this.#screen.isPhone && !this.isInline) trapFocus(this.#panel.element, event);
  }
}
