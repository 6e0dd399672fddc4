import { type Child, element } from './element.js';

interface FormOptions {
  readonly title: string;
  readonly confirm: string;
  readonly fields: readonly FormField[];
  readonly isDangerous?: boolean;
}

/** A field of a form: what stands in it, its label and perhaps a choice. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly isOptional?: boolean;
}

/**
 * Asks for something in a window of its own.
 *
 * @returns What was entered by the names of the fields; undefined when nothing was.
 */
export function askFor(options: FormOptions): Promise<Record<string, string> | undefined> {
  const fields = options.fields.map(fieldOf);
  const confirm = element(
    'button',
    {
      class: options.isDangerous ? 'button is-dangerous' : 'button',
      attributes: { type: 'submit', value: 'confirm' },
    },
    options.confirm,
  );
  const cancel = element(
    'button',
    { class: 'button is-plain', attributes: { type: 'button' } },
    'Cancel',
  );
  const form = element(
    'form',
    { attributes: { method: 'dialog' } },
    ...fields,
    element('div', { class: 'dialog-buttons' }, cancel, confirm),
  );
  const dialog = showDialog(options.title, form);
  cancel.addEventListener('click', () => dialog.close());
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      const entries = [...new FormData(form)].map(([name, value]) => [
        name,
        typeof value === 'string' ? value : '',
      ]);
      resolve(dialog.returnValue === 'confirm' ? Object.fromEntries(entries) : undefined);
    });
  });
}

/** Shows something above the page until it is closed by Esc, a button of it, or a click beside it. */
export function showDialog(title: string, ...content: readonly Child[]): HTMLDialogElement {
  const heading = element('h2', {}, title);
  const dialog = element('dialog', { attributes: { 'aria-label': title } }, heading, ...content);
  dialog.addEventListener('click', ({ target }) => target === dialog && dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

function fieldOf({ name, label, value, choices, isOptional }: FormField): HTMLElement {
  const attributes = { name, value, required: isOptional ? undefined : '', autocomplete: 'off' };
  const input = choices
    ? element('select', { attributes: { name } }, ...choices.map((text) => option(text, value)))
    : element('input', { attributes });
  return element('label', { class: 'field' }, label, input);
}

function option(text: string, chosen: string | undefined): HTMLElement {
  return element('option', { attributes: { selected: text === chosen ? '' : undefined } }, text);
}
