import { showDialog } from './dialog.js';
import { element } from './element.js';

/** Shows a picture in its full size. */
export function viewPicture(url: string, label: string): void {
  const image = element('img', { attributes: { src: url, alt: label } });
  const close = element('button', { class: 'button', attributes: { type: 'button' } }, 'Close');
  const save = element(
    'a',
    { class: 'button is-plain', attributes: { href: url, download: '' } },
    'Save',
  );
  const buttons = element('div', { class: 'dialog-buttons' }, save, close);
  const dialog = showDialog(label, image, buttons);
  dialog.classList.add('picture-viewer');
  close.addEventListener('click', () => dialog.close());
}
