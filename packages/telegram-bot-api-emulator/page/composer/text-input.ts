import { element } from '../dom/element.js';
import type { CommandMenu } from './command-menu.js';

/** What happens in a text input. */
interface TextInputEvents {
  change(text: string): void;
  submit(): void;
  /** Esc. */
  cancel(): void;
  /** Arrow up while nothing is written. */
  editLast(): void;
  /** Files were pasted. */
  addFiles(files: readonly File[]): void;
}

/** The text field of the composer, which grows with its text. Enter sends, Shift and Enter begin a line. */
export class TextInput {
  readonly root = element('textarea', {
    class: 'text-input',
    attributes: {
      rows: '1',
      dir: 'auto',
      'aria-label': 'Message',
      'aria-autocomplete': 'list',
      'aria-controls': 'commands',
    },
  });
  readonly #commands: CommandMenu;
  readonly #events: TextInputEvents;

  constructor(commands: CommandMenu, events: TextInputEvents) {
    this.#commands = commands;
    this.#events = events;
    this.root.addEventListener('input', () => {
      this.#grow();
      events.change(this.root.value);
    });
    this.root.addEventListener('keydown', (event) => this.#onKey(event));
    this.root.addEventListener('paste', (event) => this.#onPaste(event));
  }

  set placeholder(text: string) {
    if (this.root.placeholder !== text) this.root.placeholder = text;
  }

  /** @param isOther Whether the text is that of another place. */
  draw(text: string, isOther: boolean): void {
    if (this.root.value === text && !isOther) return;
    this.root.value = text;
    this.#grow();
  }

  focus(): void {
    this.root.focus();
  }

  insert(text: string): void {
    const { selectionStart, selectionEnd, value } = this.root;
    this.root.setRangeText(text, selectionStart, selectionEnd || value.length, 'end');
    this.focus();
    this.#grow();
    this.#events.change(this.root.value);
  }

  /** Tells screen readers which command Enter would take. */
  describeCommands(): void {
    const { currentId } = this.#commands;
    if (currentId === undefined) this.root.removeAttribute('aria-activedescendant');
    else this.root.setAttribute('aria-activedescendant', currentId);
  }

  #onKey(event: KeyboardEvent): void {
    // Enter ends the word of an input method first.
    if (event.isComposing) return;
    if (this.#commands.isOpen && this.#onCommandKey(event)) return;
    const { key, shiftKey } = event;
    if (key === 'Enter' && !shiftKey) this.#handle(event, () => this.#events.submit());
    if (key === 'Escape') this.#handle(event, () => this.#events.cancel());
    if (key === 'ArrowUp' && this.root.value === '')
      this.#handle(event, () => this.#events.editLast());
  }

  #onCommandKey(event: KeyboardEvent): boolean {
    const run = {
      ArrowDown: () => this.#commands.move(1),
      ArrowUp: () => this.#commands.move(-1),
      Enter: () => this.#commands.run(),
      Tab: () => this.#commands.complete(),
      Escape: () => this.#commands.dismiss(),
    }[event.key];
    if (!run) return false;
    this.#handle(event, run);
    this.describeCommands();
    return true;
  }

  #handle(event: KeyboardEvent, run: () => void): void {
    event.preventDefault();
    run();
  }

  #onPaste(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.#events.addFiles(files);
  }

  #grow(): void {
    this.root.style.setProperty('height', 'auto');
    this.root.style.setProperty('height', `${Math.min(this.root.scrollHeight, 200)}px`);
  }
}
