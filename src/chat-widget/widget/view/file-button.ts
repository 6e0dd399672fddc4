import { button, h } from './dom.js';
import { icon } from './icons.js';

/** A button that asks for files, or for a photo of the camera. */
export function fileButton(
  name: 'attach' | 'camera',
  label: string,
  onFiles: (files: FileList) => void,
  types: () => readonly string[] = () => ['image/*'],
): HTMLElement {
  const isCamera = name === 'camera';
  const input = h('input', {
    type: 'file',
    multiple: !isCamera,
    capture: isCamera && 'environment',
    hidden: true,
    'aria-label': label,
  });
  input.addEventListener('change', () => {
    if (input.files) onFiles(input.files);
    input.value = '';
  });
  const onclick = (): void => {
    input.accept = types().join(',');
    input.click();
  };
  const opener = button({ class: 'round', 'aria-label': label, title: label, onclick }, icon(name));
  return h('span', { class: name }, opener, input);
}
