import { Injectable } from '@nestjs/common';
import { costOfCall } from '../../chat/call-cost.js';
import { html, joinHtml } from '../../notices/html.js';
import type { Notice } from '../../notices/notice-composer.js';
import { ThreadLayout } from '../../threads/thread-layout.js';
import { ThreadReferenceSigner } from '../../threads/thread-reference-signer.js';
import type { Operation } from './operation.interface.js';

const METHOD = 'sendMessage';

type Params = Operation['params'];

/** A character without width that Telegram keeps when it cleans a text (tdlib/td, MessageEntity.cpp:4270). */
const CARRIER = '\u200b';

/** A preview would push the next notice off the screen. */
const WITHOUT_PREVIEW = { link_preview_options: { is_disabled: true } };

/** Builds the operation that posts a notice as a text, with the hidden reference to its thread. */
@Injectable()
export class SendTextBuilder {
  readonly #signer: ThreadReferenceSigner;
  readonly #layout: ThreadLayout;

  constructor(signer: ThreadReferenceSigner, layout: ThreadLayout) {
    this.#signer = signer;
    this.#layout = layout;
  }

  build(notice: Notice): Operation {
    const reference = notice.threadId && this.#signer.link(notice.threadId);
    const formatted = this.#operation(notice, formattedText(notice, reference));
    return { ...formatted, withoutMarkup: this.#operation(notice, plainText(notice, reference)) };
  }

  #operation({ threadId, inReplyTo }: Notice, params: Params): Operation {
    return {
      method: METHOD,
      params,
      cost: costOfCall(METHOD, params),
      onSuccess: (message) => this.#layout.recordPosted(message, threadId, inReplyTo),
    };
  }
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
