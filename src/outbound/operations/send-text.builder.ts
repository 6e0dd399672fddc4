import { Injectable } from '@nestjs/common';
import { costOfCall } from '../../chat/call-cost.js';
import type { NoticeText, NoticeTexts } from './notice-text.builder.js';
import type { Operation } from './operation.interface.js';

const METHOD = 'sendMessage';

/** A preview would push the next notice off the screen. */
const WITHOUT_PREVIEW = { link_preview_options: { is_disabled: true } };

/** Builds the operation that posts a notice as a text. */
@Injectable()
export class SendTextBuilder {
  build({ formatted, plain }: NoticeTexts): Operation {
    return { ...operationOf(formatted), withoutMarkup: operationOf(plain) };
  }
}

function operationOf(text: NoticeText): Operation {
  const params = { ...text, ...WITHOUT_PREVIEW };
  return { method: METHOD, params, files: [], cost: costOfCall(METHOD, params) };
}
