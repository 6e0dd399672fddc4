import type { AttachmentView } from '../../api/views.interface.js';
import type { Locale } from '../locales/locale.js';
import { h } from './dom.js';
import { icon } from './icons.js';

/** Pictures, films and sounds as such, everything else as a link. */
export function renderAttachment(attachment: AttachmentView, locale: Locale): HTMLElement {
  const { url, width, height, thumbnailUrl } = attachment;
  const label = attachment.name || attachment.text;
  const fallback = (): HTMLElement => renderLink(attachment, locale);
  if (!isWebUrl(url)) return fallback();
  switch (mediaOf(attachment)) {
    case 'image': {
      const image = h('img', { src: url, alt: label, width, height, loading: 'lazy' });
      const link = h('a', { class: 'media', href: url, target: '_blank', rel: 'noopener' }, image);
      image.addEventListener('error', () => link.replaceWith(fallback()));
      return link;
    }
    case 'video':
      return player('video', {
        width,
        height,
        poster: thumbnailUrl || undefined,
        playsinline: true,
      });
    case 'audio':
      return player('audio', {});
    default:
      return fallback();
  }

  function player(
    tag: 'audio' | 'video',
    more: Record<string, string | number | boolean | undefined>,
  ): HTMLElement {
    const element = h(tag, {
      class: 'media',
      src: url,
      controls: true,
      preload: 'metadata',
      'aria-label': label,
      ...more,
    });
    // A format that this browser does not play.
    element.addEventListener('error', () => element.replaceWith(fallback()));
    return element;
  }
}

function renderLink({ url, name, text, size }: AttachmentView, locale: Locale): HTMLElement {
  const children = [
    icon('file'),
    h('span', { class: 'name' }, name || text),
    size ? h('small', {}, locale.size(size)) : null,
  ];
  if (!isWebUrl(url)) return h('span', { class: 'file' }, ...children);
  return h('a', { class: 'file', href: url, target: '_blank', rel: 'noopener' }, ...children);
}

function mediaOf({ contentType = '', kind }: AttachmentView): 'image' | 'video' | 'audio' | 'file' {
  if (/^image\/(?!svg)/.test(contentType) || (!contentType && kind === 'photo')) return 'image';
  if (contentType.startsWith('video/') || /^(video|animation)/.test(kind)) return 'video';
  if (contentType.startsWith('audio/') || /^(voice|audio)/.test(kind)) return 'audio';
  return 'file';
}

/** The module's own addresses, or previews of the customer's files. */
function isWebUrl(url: string | undefined): boolean {
  if (!url) return false;
  try {
    return ['http:', 'https:', 'blob:'].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}
