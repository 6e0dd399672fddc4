import type { MessageEntity } from '@grammyjs/types';
import { Injectable } from '@nestjs/common';
import { shorten } from '../../common/shorten.js';
import { html, joinHtml, type Html } from '../../notices/html.js';
import type { Notice } from '../../notices/notice.interface.js';
import { ThreadReferenceSigner } from '../../threads/thread-reference-signer.js';

const TITLE_LENGTH = 40;

/** A character without width that Telegram keeps when it cleans a text (tdlib/td, MessageEntity.cpp:4270). */
const CARRIER = '\u200b';

/** A text as Telegram takes it: HTML, or plain with entities. */
export type NoticeText =
  | { readonly text: string; readonly parse_mode: 'HTML' }
  | { readonly text: string; readonly entities: MessageEntity[] };

/** A text, and how it looks where Telegram cannot parse its markup. */
export interface NoticeTexts {
  readonly formatted: NoticeText;
  readonly plain: NoticeText;
}

/** Builds the text of a notice, with the hidden reference to its thread. */
@Injectable()
export class NoticeTextBuilder {
  constructor(private readonly signer: ThreadReferenceSigner) {}

  /** @param title Stands above the notice. */
  build(
    { content: untitled, threadId }: Pick<Notice, 'content' | 'threadId'>,
    title?: string,
  ): NoticeTexts {
    const content = title === undefined ? untitled : withTitle(untitled, title);
    const reference = threadId && this.signer.link(threadId);
    return { formatted: formattedText(content, reference), plain: plainText(content, reference) };
  }
}

/** Shortened to what the notice has left free of a message. */
function withTitle(content: Html, title: string): Html {
  return joinHtml([html`<b>${shorten(title, TITLE_LENGTH)}</b>\n`, content]);
}

function formattedText(content: Html, reference: string | undefined): NoticeText {
  const text = reference
    ? joinHtml([html`<a href="${reference}">${CARRIER}</a>`, content])
    : content;
  return { text: text.toString(), parse_mode: 'HTML' };
}

function plainText(content: Html, reference: string | undefined): NoticeText {
  const text = content.toPlainText();
  if (!reference) return { text, entities: [] };
  return {
    text: CARRIER + text,
    entities: [{ type: 'text_link', offset: 0, length: CARRIER.length, url: reference }],
  };
}
