import { element } from '../dom/element.js';
import { icon } from '../dom/icon.js';
import { iconButton } from '../dom/icon-button.js';
import { fileSizeText } from '../text/file-size.js';
import { plainName } from '../text/plain-name.js';

/** The files that are to be sent, with a small picture of each that is one. */
export class AttachmentStrip {
  readonly root = element('ul', {
    class: 'attachments',
    attributes: { 'aria-label': 'Files to send', hidden: '' },
  });
  readonly #remove: (file: File) => void;
  readonly #urls = new Map<File, string>();

  constructor(remove: (file: File) => void) {
    this.#remove = remove;
  }

  draw(files: readonly File[]): void {
    this.root.hidden = files.length === 0;
    for (const [file, url] of this.#urls) {
      if (files.includes(file)) continue;
      URL.revokeObjectURL(url);
      this.#urls.delete(file);
    }
    this.root.replaceChildren(...files.map((file) => this.#itemOf(file)));
  }

  #itemOf(file: File): HTMLElement {
    const name = plainName(file.name, 'File');
    const isPicture = /^image\/(?:png|jpeg|gif|webp)$/.test(file.type);
    const picture =
      isPicture && element('img', { attributes: { src: this.#urlOf(file), alt: '' } });
    return element(
      'li',
      { class: 'attachment' },
      picture || element('span', { class: 'file-sign' }, icon('file')),
      element('bdi', { class: 'attachment-name' }, name),
      element('span', { class: 'file-size' }, fileSizeText(file.size)),
      iconButton('close', `Do not send ${name}`, () => this.#remove(file)),
    );
  }

  #urlOf(file: File): string {
    const url = this.#urls.get(file) ?? URL.createObjectURL(file);
    this.#urls.set(file, url);
    return url;
  }
}
