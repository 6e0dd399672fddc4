import { Injectable } from '@nestjs/common';
import { costOfCall } from '../../chat/call-cost.js';
import { shorten } from '../../common/shorten.js';
import { html, joinHtml } from '../../notices/html.js';
import type { Notice } from '../../notices/notice-composer.js';
import { ThreadReferenceSigner } from '../../threads/thread-reference-signer.js';
import type { Operation } from './operation.interface.js';

const METHOD = 'sendMessage';

type Params = Operation['params'];

const TITLE_LENGTH = 40;

/** A character without width that Telegram keeps when it cleans a text (tdlib/td, MessageEntity.cpp:4270). */
const CARRIER = '\u200b';

/** A preview would push the next notice off the screen. */
const WITHOUT_PREVIEW = { link_preview_options: { is_disabled: true } };

/** Builds the operation that posts a notice as a text, with the hidden reference to its thread. */
@Injectable()
export class SendTextBuilder {
  readonly #signer: ThreadReferenceSigner;

  constructor(signer: ThreadReferenceSigner) {
    this.#signer = signer;
  }

  /** @param title Stands above the notice. */
  build(untitled: Notice, title?: string): Operation {
    const notice = title === undefined ? untitled : withTitle(untitled, title);
    const reference = notice.threadId && this.#signer.link(notice.threadId);
    const formatted = operationOf(formattedText(notice, reference));
    return { ...formatted, withoutMarkup: operationOf(plainText(notice, reference)) };
  }
}

/** Shortened to what the notice has left free of a message. */
function withTitle(notice: Notice, title: string): Notice {
  const shown = shorten(title, TITLE_LENGTH);
  return { ...notice, content: joinHtml([html`<b>${shown}</b>\n`, notice.content]) };
}

function operationOf(params: Params): Operation {
  return { method: METHOD, params, cost: costOfCall(METHOD, params) };
}

function formattedText({ content }: Notice, reference: string | undefined): Params {
  const text = reference
    ? joinHtml([html`<a href="${reference}">${CARRIER}</a>`, content])
    : content;
  return { text: text.toString(), parse_mode: 'HTML', ...WITHOUT_PREVIEW };
}

function plainText({ content }: Notice, reference: string | undefined): Params {
  const text = content.toPlainText();
  if (!reference) return { text, ...WITHOUT_PREVIEW };
  return {
    text: CARRIER + text,
    entities: [{ type: 'text_link', offset: 0, length: CARRIER.length, url: reference }],
    ...WITHOUT_PREVIEW,
  };
}
