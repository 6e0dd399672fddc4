import type { MessageEntity } from '@grammyjs/types';
import type { NoticeText } from './notice-text.builder.js';

/** The parameters of a caption: none where there is no text. */
export interface Caption {
  readonly caption?: string;
  readonly parse_mode?: 'HTML';
  readonly caption_entities?: MessageEntity[];
}

/** A text as the caption of a file. */
export function captionOf(text: NoticeText | undefined): Caption {
  if (!text) return {};
  if ('parse_mode' in text) return { caption: text.text, parse_mode: text.parse_mode };
  return { caption: text.text, caption_entities: text.entities };
}
