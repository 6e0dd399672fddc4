import { Injectable } from '@nestjs/common';
import type { InlineKeyboardMarkup } from '@grammyjs/types';
import { costOfCall } from '../../chat/call-cost.js';
import type { NoticeText, NoticeTexts } from './notice-text.builder.js';
import type { Operation } from './operation.interface.js';

const METHOD = 'sendMessage';

/** A preview would push the next notice off the screen. */
const WITHOUT_PREVIEW = { link_preview_options: { is_disabled: true } };

/** Builds the operation that posts a notice as a text. */
@Injectable()
export class SendTextBuilder {
  build({ formatted, plain }: NoticeTexts, keyboard?: InlineKeyboardMarkup): Operation {
    return {
      ...operationOf(formatted, keyboard),
      withoutMarkup: operationOf(plain, keyboard),
    };
  }
}

function operationOf(text: NoticeText, keyboard: InlineKeyboardMarkup | undefined): Operation {
  const markup = keyboard && { reply_markup: keyboard };
  const params = { ...text, ...WITHOUT_PREVIEW, ...markup };
  return { method: METHOD, params, files: [], cost: costOfCall(METHOD, params) };
}
