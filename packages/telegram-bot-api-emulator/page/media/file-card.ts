import type { PageMedia } from '../../src/page/page-message.interface.js';
import { element } from '../dom/element.js';
import { icon } from '../dom/icon.js';
import { durationOf } from '../text/date-time.js';
import { fileSizeText } from '../text/file-size.js';
import { plainName } from '../text/plain-name.js';

/** A file that is downloaded. */
export function fileCard({ fileName, size, url }: PageMedia): HTMLElement {
  const name = plainName(fileName ?? '', 'Document');
  return element(
    'a',
    { class: 'file-card', attributes: { href: url, download: name, rel: 'noopener' } },
    element('span', { class: 'file-sign' }, icon('file')),
    words(name, size === undefined ? '' : fileSizeText(size)),
  );
}

/** Music or a voice message, which plays in its place. */
export function soundCard(media: PageMedia, kind: string): HTMLElement {
  const { performer, title, durationSeconds: length, size, url } = media;
  const name = plainName([performer, title].filter(Boolean).join(' – '), kind);
  const facts = [
    ...(length === undefined ? [] : [durationOf(length)]),
    ...(size === undefined ? [] : [fileSizeText(size)]),
  ];
  const player = element('audio', {
    attributes: { src: url, preload: 'none', 'aria-label': name },
  });
  player.controls = true;
  return element('div', { class: 'sound-card' }, words(name, facts.join(', ')), player);
}

function words(name: string, facts: string): HTMLElement {
  return element(
    'span',
    { class: 'file-words' },
    element('bdi', { class: 'file-name' }, name),
    element('span', { class: 'file-size' }, facts),
  );
}
