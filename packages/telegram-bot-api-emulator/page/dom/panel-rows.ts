import { type Child, element } from './element.js';

/** A switch with its name and what it does. */
export function switchRow(
  label: string,
  note: string,
  isOn: boolean,
  change: (isOn: boolean) => void,
): HTMLElement {
  const input = element('input', { attributes: { type: 'checkbox', role: 'switch' } });
  input.checked = isOn;
  input.addEventListener('change', () => {
    // It stands as the emulator says, once it has said so.
    const wanted = input.checked;
    input.checked = isOn;
    change(wanted);
  });
  return element(
    'label',
    { class: 'switch-row' },
    element('span', {}, element('bdi', {}, label), note !== '' && element('small', {}, note)),
    input,
  );
}

/** A choice of one among several, each with its name. */
export function choiceRow<T extends string>(
  label: string,
  choices: readonly (readonly [T, string])[],
  chosen: T,
  change: (choice: T) => void,
): HTMLElement {
  const options = choices.map(([value, name]) =>
    element('option', { attributes: { value } }, name),
  );
  const select = element('select', {}, ...options);
  select.value = chosen;
  select.addEventListener('change', () => {
    const wanted = choices.find(([value]) => value === select.value);
    select.value = chosen;
    if (wanted) change(wanted[0]);
  });
  return element('label', { class: 'choice-row' }, element('bdi', {}, label), select);
}

/** A row of buttons for things that are done once. */
export function buttonRow(...buttons: readonly HTMLElement[]): HTMLElement {
  return element('div', { class: 'button-row' }, ...buttons);
}

/** A button of a panel. */
export function panelButton(label: string, run: () => void, kind = ''): HTMLButtonElement {
  const attributes = { type: 'button' };
  return element(
    'button',
    { class: `button is-plain ${kind}`, attributes, on: { click: run } },
    label,
  );
}

/** A part of a panel. */
export function panelSection(title: string, ...content: readonly Child[]): HTMLElement {
  return element('section', {}, element('h3', { attributes: { dir: 'auto' } }, title), ...content);
}
