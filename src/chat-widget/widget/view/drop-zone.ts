import { h } from './dom.js';

/** Takes files that are dropped on the panel or pasted into it. Gives what is shown while they hover. */
export function acceptFiles(
  panel: HTMLElement,
  label: string,
  onFiles: (files: FileList) => void,
): HTMLElement {
  const overlay = h('div', { class: 'drop' }, label);
  overlay.hidden = true;
  const take = (event: Event, data: DataTransfer | null): void => {
    if (!data?.files.length) return;
    event.preventDefault();
    onFiles(data.files);
  };
  panel.addEventListener('paste', (event) => take(event, event.clipboardData));
  panel.addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    overlay.hidden = false;
  });
  panel.addEventListener('dragleave', (event) => {
    const { relatedTarget } = event;
    if (!(relatedTarget instanceof Node && panel.contains(relatedTarget))) overlay.hidden = true;
  });
  panel.addEventListener('drop', (event) => {
    overlay.hidden = true;
    take(event, event.dataTransfer);
  });
  return overlay;
}
