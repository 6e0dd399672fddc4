import type { PageMedia } from '../../src/page/page-message.interface.js';
import { element } from '../dom/element.js';
import { fileCard, soundCard } from './file-card.js';
import { type MediaContext } from './media-context.js';
import { pictureView, videoView } from './picture-view.js';
import { stickerView } from './sticker-view.js';

/** The file of a message as the message shows it. */
export function mediaView(media: PageMedia, context: MediaContext): HTMLElement {
  const view = plainView(media, context);
  return media.hasSpoiler ? covered(view) : view;
}

/** Whether a file is looked at in its place. */
export function isVisual({ kind }: PageMedia): boolean {
  return ['animation', 'live_photo', 'photo', 'video'].includes(kind);
}

function plainView(media: PageMedia, context: MediaContext): HTMLElement {
  switch (media.kind) {
    case 'photo':
      return pictureView(media, context);
    case 'animation':
      return videoView(media, 'GIF');
    case 'live_photo':
      return videoView(media, 'Live photo');
    case 'video':
      return videoView(media, 'Video');
    case 'video_note':
      return videoView(media, 'Video message');
    case 'sticker':
      return stickerView(media);
    case 'audio':
      return soundCard(media, 'Audio');
    case 'voice':
      return soundCard(media, 'Voice message');
    case 'document':
      return fileCard(media);
  }
}

/** Hides a picture until somebody wants to see it. */
function covered(view: HTMLElement): HTMLElement {
  view.inert = true;
  const show = element(
    'button',
    { class: 'media-cover', attributes: { type: 'button' } },
    'Show hidden media',
  );
  const whole = element('div', { class: 'covered' }, view, show);
  show.addEventListener('click', () => {
    view.inert = false;
    whole.classList.add('is-shown');
    show.remove();
  });
  return whole;
}
