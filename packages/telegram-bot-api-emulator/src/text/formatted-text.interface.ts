import type { MessageEntity } from '@grammyjs/types';

/** How a `date_time` entity is shown. */
export type DateTimeFormat = MessageEntity.DateTimeMessageEntity['date_time_format'];

/** An entity on its way through the parsers; offsets and lengths are UTF-16 code units. */
export interface TextEntity {
  readonly type: MessageEntity['type'];
  readonly offset: number;
  readonly length: number;
  /** Of a `text_link`. */
  readonly url?: string;
  /** Of a `text_mention`. */
  readonly userId?: number;
  /** Of a `pre`; of a `code` only until the parser has seen what surrounds it. */
  readonly language?: string;
  /** Of a `custom_emoji`. */
  readonly customEmojiId?: string;
  /** Of a `date_time`, in seconds since the Unix epoch. */
  readonly unixTime?: number;
  /** Of a `date_time`. */
  readonly dateTimeFormat?: DateTimeFormat;
}

/** A text and what is special in it. */
export interface FormattedText {
  readonly text: string;
  readonly entities: readonly TextEntity[];
}
