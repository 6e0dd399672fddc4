import type { MessageEntity } from '@grammyjs/types';
import type { FileKind, StickerFormat } from '../files/stored-file.js';
import type { ReplyKeyboard } from '../parameters/reply-keyboard-reader.js';

/** Who a message is by, as everybody in the chat sees it. */
export interface PageSender {
  /** `anonymous` is an administrator who writes as the chat, `channel` who writes as a channel. */
  readonly kind: 'person' | 'bot' | 'anonymous' | 'channel';
  /** Of the user, or of the chat that is written as. */
  readonly id: number;
  readonly name: string;
  /** The title of an anonymous administrator, or whom a post of a channel is by. */
  readonly signature?: string;
}

/** A text with what is marked in it; offsets count UTF-16 units. */
export interface PageText {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
}

/** A file in a message. Its URLs are relative to that of the page. */
export interface PageMedia {
  readonly kind: FileKind;
  /** Absent for a file that a test has made up: there are no bytes. */
  readonly url?: string;
  /** A small picture: of a photo a smaller size, of a live photo its still. */
  readonly thumbnailUrl?: string;
  /** In bytes. */
  readonly size?: number;
  readonly fileName?: string;
  readonly mimeType?: string;
  /** In pixels. */
  readonly width?: number;
  readonly height?: number;
  readonly durationSeconds?: number;
  /** Of audio. */
  readonly performer?: string;
  readonly title?: string;
  /** Of stickers. */
  readonly emoji?: string;
  readonly stickerFormat?: StickerFormat;
  readonly hasSpoiler?: boolean;
}

/** What is no text and no file. */
export type PageContent =
  | {
      readonly kind: 'poll';
      readonly question: string;
      readonly options: ReadonlyArray<{ readonly text: string; readonly votes: number }>;
      readonly isClosed: boolean;
      readonly isQuiz: boolean;
    }
  | { readonly kind: 'location'; readonly latitude: number; readonly longitude: number }
  | {
      readonly kind: 'venue';
      readonly latitude: number;
      readonly longitude: number;
      readonly title: string;
      readonly address: string;
    }
  | { readonly kind: 'contact'; readonly name: string; readonly phoneNumber: string }
  | { readonly kind: 'dice'; readonly emoji: string; readonly value: number }
  | {
      readonly kind: 'checklist';
      readonly title: string;
      readonly tasks: ReadonlyArray<{ readonly text: string; readonly isDone: boolean }>;
    }
  /** Any other, in words: `Invoice: A bill`. */
  | { readonly kind: 'other'; readonly words: string };

/** A button of an inline keyboard. */
export interface PageButton {
  readonly text: string;
  /**
   * Only `callback` buttons can be pressed; `url` and `copy` are for the page; `other` does nothing, as disabled
   * buttons do.
   */
  readonly kind: 'callback' | 'url' | 'copy' | 'other';
  /** The callback data, the URL, or the text to copy. */
  readonly value?: string;
  readonly style?: 'danger' | 'primary' | 'success';
}

/** The message that a message replies to. */
export interface PageReply {
  /** Absent when it is in a chat that the page does not have, or is not there any more. */
  readonly chat?: string;
  readonly messageId?: number;
  readonly sender: PageSender;
  /** The text or the caption, else the media in a word. */
  readonly excerpt: string;
  /** The part that the reply quotes. */
  readonly quote?: PageText;
  /** Whether the message is in another chat or topic. */
  readonly isExternal: boolean;
}

/** One person's, bot's or channel's reactions on a message. */
export interface PageReaction {
  /** Emoji, or ids of custom emoji, which are numbers. */
  readonly emoji: readonly string[];
  readonly by: { readonly id: number; readonly name: string };
}

/** Who sees an ephemeral message, and where. */
export interface PageEphemeral {
  /** The one person who sees it. */
  readonly person: number;
  /** The last message of the chat when it came; 0 when there was none. */
  readonly after: number;
  /** The message in whose place it stands, as long as that is there. */
  readonly replaces?: number;
  /** Grows from one ephemeral message of a chat to the next. */
  readonly order: number;
}

/** A message as the page shows it. */
export interface PageMessage {
  /** The key of its chat. */
  readonly chat: string;
  /** Of an ephemeral message, which has an id of its own, that id below zero. */
  readonly id: number;
  /** Of an ephemeral message. */
  readonly ephemeral?: PageEphemeral;
  /** In a forum, or a private chat with topics; 1 in the General topic. */
  readonly topicId?: number;
  readonly sender: PageSender;
  /** Milliseconds since the Unix epoch, by the emulator's clock. */
  readonly sentAt: number;
  readonly editedAt?: number;
  /** An event in words, such as `Ada pinned "Hello"`: then there is nothing else. */
  readonly service?: string;
  /** The text or the caption. */
  readonly text?: PageText;
  readonly media?: PageMedia;
  readonly content?: PageContent;
  /** Messages of one album, which follow each other, have the same. */
  readonly albumId?: string;
  readonly reply?: PageReply;
  /** Whom the message was first by, and when. */
  readonly forward?: { readonly name: string; readonly sentAt: number };
  /** The bot that it was sent through. */
  readonly via?: string;
  /** Rows of buttons. */
  readonly buttons?: ReadonlyArray<readonly PageButton[]>;
  /** What the page shows below the composer because of the message, if it is the last one with such. */
  readonly replyKeyboard?: ReplyKeyboard;
  readonly reactions: readonly PageReaction[];
}
