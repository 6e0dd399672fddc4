import type { PageContent, PageMedia, PageMessage } from '../../src/page/page-message.interface.js';
import { plainName } from './plain-name.js';

const MEDIA: Readonly<Record<PageMedia['kind'], string>> = {
  animation: '🎞 GIF',
  audio: '🎵 Audio',
  document: '📄 Document',
  live_photo: '📷 Live photo',
  photo: '📷 Photo',
  sticker: '🖼 Sticker',
  video: '🎬 Video',
  video_note: '⏺ Video message',
  voice: '🎤 Voice message',
};

/** A message on one line, as lists show it. */
export function summaryOf({ service, text, media, content }: PageMessage): string {
  if (service !== undefined) return service;
  const kind = media ? mediaWords(media) : content && contentWords(content);
  const line = text?.text.replaceAll(/\s+/gu, ' ').trim();
  if (!line) return kind ?? 'Message';
  const sign = kind?.split(' ')[0];
  return sign === undefined ? line : `${sign} ${line}`;
}

function mediaWords(media: PageMedia): string {
  const { kind, emoji, fileName } = media;
  if (kind === 'sticker' && emoji) return `${emoji} Sticker`;
  if (kind === 'document') return `📄 ${plainName(fileName ?? '', 'Document')}`;
  return MEDIA[kind];
}

function contentWords(content: PageContent): string {
  switch (content.kind) {
    case 'poll':
      return `📊 ${content.question}`;
    case 'location':
      return '📍 Location';
    case 'venue':
      return `📍 ${content.title}`;
    case 'contact':
      return `👤 ${content.name}`;
    case 'dice':
      return `${content.emoji} ${content.value}`;
    case 'checklist':
      return `☑ ${content.title}`;
    case 'other':
      return content.words;
  }
}
