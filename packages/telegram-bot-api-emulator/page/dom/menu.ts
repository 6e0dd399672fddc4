import { type Child, element } from './element.js';
import { type IconName, icon } from './icon.js';
import { type Point, Popover } from './popover.js';

/** Something that can be chosen in a menu. */
export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  /** Stands where the icon would. */
  readonly sign?: Node;
  /** A second line. */
  readonly note?: string;
  /** Of what one of several is chosen from. */
  readonly isChecked?: boolean;
  readonly isDangerous?: boolean;
  readonly run: () => void;
}

/** A row of small items at the top of a menu, such as reactions. */
export interface MenuRow {
  readonly label: string;
  readonly items: readonly {
    readonly text: string;
    readonly label: string;
    readonly run: () => void;
  }[];
}

interface MenuOptions {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly row?: MenuRow | undefined;
  readonly at?: Point | undefined;
}

/** Opens a menu: arrows move, Enter chooses, Esc closes, letters find. */
export function openMenu(owner: HTMLElement, { label, items, row, at }: MenuOptions): void {
  const attributes = { role: 'menu', 'aria-label': label };
  const panel = element('div', { class: 'menu', attributes });
  const close = (): void => popover.close();
  if (row) panel.append(rowOf(row, close));
  panel.append(...items.map((item) => itemOf(item, close)));
  const popover = Popover.open(panel, owner, at);
  panel.addEventListener('keydown', (event) => moveFocus(event, panel));
  buttonsOf(panel).at(0)?.focus();
}

/** Moves the focus among the buttons of a menu or a grid as the arrows say. */
export function moveFocus(event: KeyboardEvent, panel: HTMLElement): void {
  const buttons = buttonsOf(panel);
  const current = buttons.findIndex((button) => button === document.activeElement);
  const next = nextIndex(event.key, current, buttons);
  if (next === undefined) return;
  event.preventDefault();
  buttons.at(next % buttons.length)?.focus();
}

function nextIndex(
  key: string,
  current: number,
  buttons: readonly HTMLButtonElement[],
): number | undefined {
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return current + 1;
    case 'ArrowUp':
    case 'ArrowLeft':
      return current - 1;
    case 'Home':
      return 0;
    case 'End':
      return -1;
    default: {
      if (key.length !== 1) return undefined;
      const found = buttons.findIndex(({ textContent: text }) =>
        text.trim().toLowerCase().startsWith(key.toLowerCase()),
      );
      return found === -1 ? undefined : found;
    }
  }
}

function buttonsOf(panel: HTMLElement): readonly HTMLButtonElement[] {
  return [...panel.querySelectorAll('button')];
}

function rowOf({ label, items }: MenuRow, close: () => void): HTMLElement {
  const buttons = items.map(({ text, label: name, run }) =>
    menuButton({ role: 'menuitem', class: 'menu-emoji', label: name, run }, close, text),
  );
  return element(
    'div',
    { class: 'menu-row', attributes: { role: 'group', 'aria-label': label } },
    ...buttons,
  );
}

function itemOf(item: MenuItem, close: () => void): HTMLElement {
  const words = element(
    'span',
    { class: 'menu-words' },
    element('bdi', {}, item.label),
    item.note !== undefined && element('small', {}, item.note),
  );
  const isChoice = item.isChecked !== undefined;
  return menuButton(
    {
      role: isChoice ? 'menuitemradio' : 'menuitem',
      class: item.isDangerous ? 'menu-item is-dangerous' : 'menu-item',
      checked: isChoice ? String(item.isChecked) : undefined,
      run: item.run,
    },
    close,
    item.sign ?? (item.icon && icon(item.icon)),
    words,
    item.isChecked === true && icon('check'),
  );
}

function menuButton(
  options: {
    readonly role: string;
    readonly class: string;
    readonly label?: string;
    readonly checked?: string | undefined;
    run(): void;
  },
  close: () => void,
  ...content: readonly Child[]
): HTMLElement {
  const { role, label, checked } = options;
  const attributes = {
    type: 'button',
    role,
    'aria-label': label,
    'aria-checked': checked,
    tabindex: '-1',
  };
  const click = (): void => {
    close();
    options.run();
  };
  return element('button', { class: options.class, attributes, on: { click } }, ...content);
}
