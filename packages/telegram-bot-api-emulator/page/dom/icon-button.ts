import { element } from './element.js';
import { type IconName, icon } from './icon.js';

/** A round button with an icon. Its label is read out, and shown when the pointer rests on it. */
export function iconButton(
  name: IconName,
  label: string,
  onClick: (event: MouseEvent) => void,
): HTMLButtonElement {
  return element(
    'button',
    {
      class: 'icon-button',
      attributes: { type: 'button', 'aria-label': label, title: label },
      on: { click: onClick },
    },
    icon(name),
  );
}
