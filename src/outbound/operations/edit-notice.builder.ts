import { Injectable } from '@nestjs/common';
import type { InlineKeyboardMarkup } from '@grammyjs/types';
import { costOfCall } from '../../chat/call-cost.js';
import { captionOf } from './caption.js';
import type { NoticeText, NoticeTexts } from './notice-text.builder.js';
import type { Operation } from './operation.interface.js';

/** A preview would push the next notice off the screen. */
const WITHOUT_PREVIEW = { link_preview_options: { is_disabled: true } };

/** Builds the operation that changes the text of a notice, or the caption of its files. */
@Injectable()
export class EditNoticeBuilder {
  /** @param keyboard The buttons below it, which an edit without them would take away. */
  build(
    messageId: number,
    { formatted, plain }: NoticeTexts,
    isCaption: boolean,
    keyboard?: InlineKeyboardMarkup,
  ): Operation {
    return {
      ...operationOf(messageId, formatted, isCaption, keyboard),
      withoutMarkup: operationOf(messageId, plain, isCaption, keyboard),
    };
  }
}

function operationOf(
  messageId: number,
  text: NoticeText,
  isCaption: boolean,
  keyboard: InlineKeyboardMarkup | undefined,
): Operation {
  const markup = keyboard && { reply_markup: keyboard };
  const message_id = messageId;
  if (isCaption) {
    const params = { message_id, ...captionOf(text), ...markup };
    const cost = costOfCall('editMessageCaption', params);
    return { method: 'editMessageCaption', params, files: [], cost };
  }
  const params = { message_id, ...text, ...WITHOUT_PREVIEW, ...markup };
  const cost = costOfCall('editMessageText', params);
  return { method: 'editMessageText', params, files: [], cost };
}
