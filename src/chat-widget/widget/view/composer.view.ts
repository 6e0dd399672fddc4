import type { MessageView } from '../../api/views.interface.js';
import type { Locale } from '../locales/locale.js';
import type { Chat } from '../state/chat.js';
import { button, h, setText } from './dom.js';
import { fileButton } from './file-button.js';
import { icon } from './icons.js';
import { excerptOf } from './shown-message.js';
import { UploadTray } from './upload-tray.view.js';

/** What servers take that do not say. */
const MAX_LENGTH = 4000;

/** Where the customer writes: a message, an answer to one, or a new text of one. */
export class ComposerView {
  readonly element: HTMLFormElement;
  readonly #input: HTMLTextAreaElement;
  readonly #send: HTMLButtonElement;
  readonly #context = h('div', { class: 'context' });
  readonly #contextText = h('span', { dir: 'auto' });
  readonly #tray: UploadTray;
  readonly #tools: HTMLElement;
  #replyTo: MessageView | undefined;
  #editing: MessageView | undefined;
  /** Empty for a thread that is yet to begin; undefined before the session is there, null when another is chosen. */
  #threadId: string | null | undefined;
  #sendWhenReady = false;
  /** What was being written when a message began to be edited. */
  #unsent = '';

  constructor(
    private readonly chat: Chat,
    locale: Locale,
    previews: Map<string, string>,
    private readonly onSent: () => void,
  ) {
    const { words } = locale;
    this.#tray = new UploadTray(chat.api, locale, previews, () => this.#onUploads());
    this.#input = h('textarea', {
      rows: 1,
      dir: 'auto',
      part: 'input',
      enterkeyhint: 'send',
      placeholder: words.placeholder,
      'aria-label': words.placeholder,
      oninput: () => this.#onInput(),
      onkeydown: (event) => event instanceof KeyboardEvent && this.#onKey(event),
    });
    this.#send = h(
      'button',
      { class: 'primary round', part: 'send', type: 'submit', 'aria-label': words.send },
      icon('send'),
    );
    const cancel = (): void => this.#setContext();
    this.#context.append(
      this.#contextText,
      button({ 'aria-label': words.cancel, onclick: cancel }, icon('close')),
    );
    this.#context.hidden = true;
    const onFiles = (files: FileList): void => this.addFiles(files);
    const types = (): readonly string[] => chat.session?.uploads?.types ?? [];
    this.#tools = h(
      'span',
      { class: 'tools' },
      fileButton('attach', words.attach, onFiles, types),
      fileButton('camera', words.camera, onFiles),
    );
    this.element = h(
      'form',
      { class: 'composer', part: 'composer', onsubmit: (event) => this.#onSubmit(event) },
      this.#context,
      this.#tray.element,
      h('div', { class: 'row' }, this.#tools, this.#input, this.#send),
    );
  }

  focus(): void {
    this.#input.focus({ preventScroll: true });
  }

  /** Shows the draft of the thread that is shown now. */
  update(): void {
    const { session, current, storage } = this.chat;
    this.#tools.hidden = !session?.uploads;
    this.#input.maxLength = session?.maxTextLength ?? MAX_LENGTH;
    if (!storage || this.#threadId === current.id) return;
    // A thread that has just been begun, or found at the start, keeps what is being written.
    const former = this.#threadId;
    this.#threadId = current.id;
    if (former !== null && !former && (this.#input.value || !this.#tray.isEmpty)) {
      if (former === '') storage.remove('draft:');
      this.#keepDraft();
      if (this.#sendWhenReady) this.#submit();
      return;
    }
    this.#setContext();
    this.#tray.clear();
    const draft = storage.read(`draft:${current.id}`);
    this.#setText(typeof draft === 'string' ? draft : '');
  }

  /** To be called before the customer chooses another thread. */
  leave(): void {
    this.#threadId = null;
  }

  addFiles(files: Iterable<File>): void {
    const limits = this.chat.session?.uploads;
    if (limits) this.#tray.add(files, limits);
  }

  reply(message: MessageView): void {
    this.#setContext(message);
  }

  edit(message: MessageView): void {
    if (!this.#editing) this.#unsent = this.#input.value;
    this.#setContext(undefined, message);
    this.#setText(message.text ?? '');
  }

  #setContext(replyTo?: MessageView, editing?: MessageView): void {
    if (this.#editing && !editing) this.#setText(this.#unsent);
    this.#sendWhenReady = false;
    this.#replyTo = replyTo;
    this.#editing = editing;
    const message = replyTo ?? editing;
    this.#context.hidden = !message;
    setText(this.#contextText, message ? excerptOf(message) : '');
    if (message) this.focus();
  }

  #onKey(event: KeyboardEvent): void {
    const isTouch = matchMedia('(pointer: coarse)').matches;
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && !isTouch) {
      this.#onSubmit(event);
    }
    if (event.key === 'Escape' && !this.#context.hidden) {
      event.stopPropagation();
      this.#setContext();
    }
  }

  #onInput(): void {
    this.#resize();
    this.#sendWhenReady = false;
    if (this.#editing) return;
    this.#keepDraft();
    if (this.#input.value) this.chat.actions.typing();
  }

  #onUploads(): void {
    if (this.#sendWhenReady) this.#submit();
  }

  #onSubmit(event: Event): void {
    event.preventDefault();
    this.#submit();
  }

  #submit(): void {
    const text = this.#input.value.trim();
    const editing = this.#editing;
    if (editing) {
      if (!text) return;
      this.#setContext();
      if (text !== editing.text) void this.chat.actions.edit(editing.id, text);
      return;
    }
    const { isEmpty, isReady, hasFailed } = this.#tray;
    // Files that are still on their way are waited for, and the session is, too. Other files are the customer's to mend.
    this.#sendWhenReady = !hasFailed && (!isReady || !this.chat.outbox);
    if ((!text && isEmpty) || !isReady || !this.chat.outbox) return;
    const uploads = this.#tray.take().flatMap(({ view }) => view ?? []);
    const replyTo = this.#replyTo && { id: this.#replyTo.id, quote: excerptOf(this.#replyTo) };
    this.#setText('');
    this.#keepDraft();
    this.#setContext();
    this.chat.send(text, uploads, replyTo);
    this.onSent();
  }

  #keepDraft(): void {
    const { storage, current } = this.chat;
    const name = `draft:${current.id}`;
    if (this.#input.value) storage?.write(name, this.#input.value);
    else storage?.remove(name);
  }

  #setText(text: string): void {
    this.#input.value = text;
    this.#resize();
  }

  #resize(): void {
    this.#input.style.height = 'auto';
    if (this.#input.scrollHeight) this.#input.style.height = `${this.#input.scrollHeight}px`;
  }
}
