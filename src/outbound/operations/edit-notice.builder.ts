import { Injectable } from '@nestjs/common';
import { costOfCall } from '../../chat/call-cost.js';
import { captionOf } from './caption.js';
import type { NoticeText, NoticeTexts } from './notice-text.builder.js';
import type { Operation } from './operation.interface.js';

/** A preview would push the next notice off the screen. */
const WITHOUT_PREVIEW = { link_preview_options: { is_disabled: true } };

/** Builds the operation that changes the text of a notice, or the caption of its files. */
@Injectable()
export class EditNoticeBuilder {
  build(messageId: number, { formatted, plain }: NoticeTexts, isCaption: boolean): Operation {
    return {
      ...operationOf(messageId, formatted, isCaption),
      withoutMarkup: operationOf(messageId, plain, isCaption),
    };
  }
}

function operationOf(messageId: number, text: NoticeText, isCaption: boolean): Operation {
  const message_id = messageId;
  if (isCaption) {
    const params = { message_id, ...captionOf(text) };
    const cost = costOfCall('editMessageCaption', params);
    return { method: 'editMessageCaption', params, files: [], cost };
  }
  const params = { message_id, ...text, ...WITHOUT_PREVIEW };
  const cost = costOfCall('editMessageText', params);
  return { method: 'editMessageText', params, files: [], cost };
}
