import type { PageMedia } from '../../src/page/page-message.interface.js';
import { element } from '../dom/element.js';
import { icon } from '../dom/icon.js';
import { durationOf } from '../text/date-time.js';
import { type MediaContext } from './media-context.js';
import { missingFile } from './missing-file.js';

/** The longest side of a picture in a message, and the shortest, in pixels. */
const MAX_SIDE = 360;
const MIN_SIDE = 120;

/** A photo, which opens in its full size. */
export function pictureView(media: PageMedia, { openPicture }: MediaContext): HTMLElement {
  const { url } = media;
  if (url === undefined) return unavailable(media, 'Photo');
  const image = element('img', { attributes: { src: url, alt: 'Photo', loading: 'lazy' } });
  const button = element(
    'button',
    {
      class: 'picture',
      attributes: { type: 'button', 'aria-label': 'Open photo' },
      on: { click: () => openPicture(url, 'Photo') },
    },
    image,
  );
  image.addEventListener('error', () => button.replaceWith(unavailable(media, 'Photo')));
  fit(button, media);
  return button;
}

/** A video that plays in its place. */
export function videoView(media: PageMedia, label: string): HTMLElement {
  const { url, kind, durationSeconds: length } = media;
  if (url === undefined) return unavailable(media, label);
  const attributes = {
    src: url,
    poster: media.thumbnailUrl,
    preload: 'metadata',
    'aria-label': label,
  };
  const video = element('video', { attributes });
  video.controls = true;
  video.playsInline = true;
  video.loop = kind === 'animation';
  video.muted = kind === 'animation';
  const words = kind === 'animation' ? 'GIF' : length !== undefined && durationOf(length);
  const badge = words && element('span', { class: 'media-badge' }, words);
  const shape = kind === 'video_note' ? 'picture is-round' : 'picture';
  const view = element('div', { class: shape }, video, badge);
  video.addEventListener('error', () => view.replaceWith(unavailable(media, label)));
  fit(view, media);
  return view;
}

function unavailable(media: PageMedia, label: string): HTMLElement {
  const sign = icon(label === 'Photo' ? 'image' : 'play');
  const shape = media.kind === 'video_note' ? 'picture is-round' : 'picture';
  const view = element('div', { class: shape }, missingFile(label, sign));
  fit(view, media);
  return view;
}

/** Keeps the place of a picture before it has come, so that nothing jumps. */
function fit(view: HTMLElement, { width = 0, height = 0 }: PageMedia): void {
  const ratio = width > 0 && height > 0 ? Math.min(3, Math.max(0.5, width / height)) : 1;
  const shown = Math.min(MAX_SIDE, MAX_SIDE * ratio, Math.max(width, MIN_SIDE));
  view.style.setProperty('--width', `${Math.max(MIN_SIDE, Math.round(shown))}px`);
  view.style.setProperty('--ratio', String(ratio));
}
