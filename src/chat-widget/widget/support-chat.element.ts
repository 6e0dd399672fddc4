import type { ChatError } from './api/chat-error.js';
import { SessionStore } from './api/session-store.js';
import type { MessageView } from '../api/views.interface.js';
import { Locale } from './locales/locale.js';
import { Chat } from './state/chat.js';
import { SafeStorage } from './state/safe-storage.js';
import { applyStyles } from './view/apply-styles.js';
import { WidgetView } from './view/widget.view.js';

/** Servers that render pages import the element, too, and have none. */
const ElementBase: typeof HTMLElement = Reflect.get(globalThis, 'HTMLElement') ?? Object;

/**
 * The chat: `<support-chat></support-chat>`. It fires `support-chat:open`, `support-chat:close`, `support-chat:message`
 * (`detail.message`), `support-chat:unread` (`detail.unread`) and `support-chat:error` (`detail.code`); all bubble.
 *
 * Attributes: `base`, `token`, `position` (`end` or `start`), `locale`, `theme` (`auto`, `light` or `dark`), `open`,
 * `inline`, `nonce`.
 *
 * @publicApi
 */
export class SupportChatElement extends ElementBase {
  static readonly observedAttributes = ['base', 'token', 'locale', 'inline', 'open'];

  /** The address of the module's routes for elements without `base`. */
  protected readonly defaultBase: string = '/support';
  readonly #root = this.attachShadow({ mode: 'open' });
  #chat: Chat | undefined;
  #view: WidgetView | undefined;
  #unread = 0;
  #rendering = 0;
  #tokenProvider: (() => Promise<string>) | undefined;
  #requestHeaders: (() => Readonly<Record<string, string>>) | undefined;

  /** Gets a new token of `chat.customerToken()` from the page's own server, whenever a session begins. */
  get tokenProvider(): (() => Promise<string>) | undefined {
    return this.#tokenProvider;
  }

  set tokenProvider(provider: (() => Promise<string>) | undefined) {
    this.#tokenProvider = provider;
    this.#restart();
  }

  /** Headers for each request, for example those that the app's guard reads. */
  get requestHeaders(): (() => Readonly<Record<string, string>>) | undefined {
    return this.#requestHeaders;
  }

  set requestHeaders(headers: (() => Readonly<Record<string, string>>) | undefined) {
    this.#requestHeaders = headers;
    this.#restart();
  }

  /** How many messages the customer has not seen. */
  get unread(): number {
    return this.#unread;
  }

  open(): void {
    this.#toggle(true);
  }

  close(): void {
    this.#toggle(false);
  }

  toggle(): void {
    this.#toggle(!this.#view?.isOpen);
  }

  connectedCallback(): void {
    applyStyles(this.#root, this.nonce);
    // Set before the script of the element had arrived.
    for (const name of ['tokenProvider', 'requestHeaders'] as const) this.#upgrade(name);
    this.#restart();
  }

  disconnectedCallback(): void {
    this.#stop();
  }

  attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    if (before === value) return;
    if (name === 'open') {
      if (this.#view && this.#view.isOpen !== (value !== null)) this.#toggle(value !== null);
    } else if (name === 'locale' || name === 'inline') void this.#render();
    else this.#restart();
  }

  #upgrade(name: 'tokenProvider' | 'requestHeaders'): void {
    const value = Object.getOwnPropertyDescriptor(this, name)?.value;
    if (value === undefined) return;
    Reflect.deleteProperty(this, name);
    this[name] = value;
  }

  #restart(): void {
    if (!this.isConnected) return;
    this.#stop();
    const base = (this.getAttribute('base') ?? this.defaultBase).replace(/\/+$/, '');
    const sessions = new SessionStore(
      new SafeStorage(() => sessionStorage, `support-chat:${base}:`),
    );
    const chat = new Chat(
      {
        base,
        sessions,
        token: async () => this.#tokenProvider?.() ?? this.getAttribute('token') ?? undefined,
        headers: () => this.#requestHeaders?.() ?? {},
        onOtherCustomer: () => this.#chat === chat && this.#restart(),
      },
      {
        onChange: () => this.#onChange(),
        onMessage: (message) => this.#onMessage(message),
        onError: (error) => this.#onError(error),
      },
    );
    this.#chat = chat;
    void this.#render();
    // A framework may still be setting properties.
    setTimeout(() => this.#chat === chat && chat.connect());
  }

  #stop(): void {
    this.#chat?.dispose();
    this.#view?.dispose();
    this.#chat = undefined;
    this.#view = undefined;
  }

  async #render(): Promise<void> {
    const chat = this.#chat;
    if (!chat) return;
    const rendering = ++this.#rendering;
    const { api } = chat;
    const lang = this.closest('[lang]')?.getAttribute('lang');
    const tags = [this.getAttribute('locale'), lang, ...navigator.languages];
    const locale = await Locale.load(tags, (language) => api.words(language));
    // Another attribute may have changed meanwhile.
    if (this.#chat !== chat || this.#rendering !== rendering) return;
    this.#view?.dispose();
    const isInline = this.hasAttribute('inline');
    const isOpen = isInline || this.hasAttribute('open');
    this.#view = new WidgetView(chat, locale, isInline, (open) => this.#toggle(open));
    this.#root.append(this.#view.element);
    this.#view.show(isOpen, false);
  }

  #toggle(isOpen: boolean): void {
    // Before the words are there, the attribute says how it begins.
    if (!this.#view) this.toggleAttribute('open', isOpen);
    if (!this.#view || this.#view.isOpen === isOpen) return;
    this.#view.show(isOpen, true);
    this.toggleAttribute('open', isOpen);
    this.#dispatch(isOpen ? 'open' : 'close', undefined);
  }

  #onChange(): void {
    this.#view?.update();
    const unread = this.#chat?.unread ?? 0;
    if (unread === this.#unread) return;
    this.#unread = unread;
    this.#dispatch('unread', { unread });
  }

  #onMessage(message: MessageView): void {
    this.#dispatch('message', { message });
  }

  #onError({ code, retryAfterMs }: ChatError): void {
    this.#dispatch('error', { code, retryAfterMs });
  }

  #dispatch(name: string, detail: unknown): void {
    const init = { detail, bubbles: true, composed: true };
    this.dispatchEvent(new CustomEvent(`support-chat:${name}`, init));
  }
}
