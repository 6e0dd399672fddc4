import { element } from './element.js';
import { moveFocus } from './menu.js';
import { Popover } from './popover.js';

interface EmojiGridOptions {
  readonly label: string;
  readonly emoji: readonly string[];
  readonly choose: (emoji: string) => void;
}

/** Opens a grid of emoji to choose one from. */
export function openEmojiGrid(
  owner: HTMLElement,
  { label, emoji, choose }: EmojiGridOptions,
): void {
  const attributes = { role: 'dialog', 'aria-label': label };
  const panel = element('div', { class: 'emoji-grid', attributes });
  const buttons = emoji.map((sign) =>
    element(
      'button',
      {
        attributes: { type: 'button' },
        on: {
          click: () => {
            popover.close();
            choose(sign);
          },
        },
      },
      sign,
    ),
  );
  panel.append(...buttons);
  const popover = Popover.open(panel, owner);
  panel.addEventListener('keydown', (event) => moveFocus(event, panel));
  buttons[0]?.focus();
}
