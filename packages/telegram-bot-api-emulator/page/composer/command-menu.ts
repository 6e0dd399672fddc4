import { element } from '../dom/element.js';

/** A command of a bot. */
export interface ShownCommand {
  /** As it is written: `/start` or `/start@desk_bot`. */
  readonly text: string;
  readonly description: string;
}

interface CommandEvents {
  run(command: string): void;
  complete(command: string): void;
}

/** The commands that begin as what stands in the composer, which keeps the focus meanwhile. */
export class CommandMenu {
  readonly root = element('div', {
    class: 'command-menu',
    attributes: { id: 'commands', role: 'listbox', 'aria-label': 'Commands', hidden: '' },
  });
  readonly #events: CommandEvents;
  #isDismissed = false;
  #commands: readonly ShownCommand[] = [];
  #current = 0;

  constructor(events: CommandEvents) {
    this.#events = events;
  }

  get isOpen(): boolean {
    return !this.root.hidden;
  }

  /** The id of the option that Enter would take. */
  get currentId(): string | undefined {
    return this.isOpen ? `command-${this.#current}` : undefined;
  }

  show(commands: readonly ShownCommand[]): void {
    if (commands.length === 0) this.#isDismissed = false;
    if (JSON.stringify(commands) !== JSON.stringify(this.#commands)) this.#current = 0;
    this.#commands = commands;
    this.root.hidden = commands.length === 0 || this.#isDismissed;
    this.#draw();
  }

  /** Closes it until another command is begun. */
  dismiss(): void {
    this.#isDismissed = true;
    this.root.hidden = true;
  }

  move(step: number): void {
    const { length } = this.#commands;
    this.#current = (this.#current + step + length) % length;
    this.#draw();
  }

  /** Runs the command that is marked. */
  run(): void {
    const command = this.#commands[this.#current];
    if (command) this.#events.run(command.text);
  }

  /** Writes out the command that is marked, so that more can follow. */
  complete(): void {
    const command = this.#commands[this.#current];
    if (command) this.#events.complete(command.text);
  }

  #draw(): void {
    const options = this.#commands.map(({ text, description }, index) => {
      const attributes = {
        id: `command-${index}`,
        role: 'option',
        'aria-selected': String(index === this.#current),
      };
      const option = element(
        'div',
        { class: 'command', attributes },
        element('strong', {}, text),
        element('span', { attributes: { dir: 'auto' } }, description),
      );
      // The composer keeps the focus.
      option.addEventListener('pointerdown', (event) => {
        event.preventDefault();
        this.#events.run(text);
      });
      return option;
    });
    this.root.replaceChildren(...options);
    options[this.#current]?.scrollIntoView({ block: 'nearest' });
  }
}
