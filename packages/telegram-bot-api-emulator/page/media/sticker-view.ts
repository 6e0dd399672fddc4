import type { PageMedia } from '../../src/page/page-message.interface.js';
import { element } from '../dom/element.js';

/** A sticker. What no browser shows is its emoji instead. */
export function stickerView({ emoji, url, stickerFormat }: PageMedia): HTMLElement {
  const label = `Sticker ${emoji ?? ''}`.trim();
  const substitute = element(
    'span',
    { class: 'sticker-emoji', attributes: { role: 'img', 'aria-label': label } },
    emoji ?? '🖼',
  );
  const view = element('div', { class: 'sticker' }, substitute);
  if (url === undefined || stickerFormat === 'animated') return view;
  const attributes = { src: url, alt: label, 'aria-label': label };
  const picture = element(stickerFormat === 'video' ? 'video' : 'img', { attributes });
  picture.addEventListener('error', () => view.replaceChildren(substitute));
  // Some pictures that are cut off load, but cannot be shown.
  if (picture instanceof HTMLImageElement) {
    picture.decode().catch(() => view.replaceChildren(substitute));
  }
  view.replaceChildren(picture);
  return view;
}
