import { Injectable } from '@nestjs/common';
import type { InlineKeyboardMarkup } from '@grammyjs/types';
import { costOfCall } from '../../chat/call-cost.js';
import type { NoticeFile } from '../../notices/notice.interface.js';
import { captionOf, type Caption } from './caption.js';
import type { NoticeTexts } from './notice-text.builder.js';
import { nameOfUpload, uploadOf } from './notice-upload.js';
import type { Operation } from './operation.interface.js';

type FileCall = Pick<Operation, 'method' | 'params'>;

/** What stands below a file: its caption and buttons. */
interface FileCaption extends Caption {
  readonly reply_markup?: InlineKeyboardMarkup;
}

/** Builds the operation that posts one file, with the text of its notice as its caption. */
@Injectable()
export class SendFileBuilder {
  build(file: NoticeFile, texts?: NoticeTexts, keyboard?: InlineKeyboardMarkup): Operation {
    const markup = keyboard && { reply_markup: keyboard };
    const formatted = operationOf(file, { ...captionOf(texts?.formatted), ...markup });
    return texts
      ? { ...formatted, withoutMarkup: operationOf(file, { ...captionOf(texts.plain), ...markup }) }
      : formatted;
  }
}

function operationOf(file: NoticeFile, caption: FileCaption): Operation {
  const upload = uploadOf(file);
  const call = callOf(file, nameOfUpload(upload), caption);
  return { ...call, files: [upload], cost: costOfCall(call.method, call.params) };
}

function callOf({ file: { kind } }: NoticeFile, file: string, caption: FileCaption): FileCall {
  switch (kind) {
    case 'photo':
      return { method: 'sendPhoto', params: { photo: file, ...caption } };
    case 'video':
      return { method: 'sendVideo', params: { video: file, supports_streaming: true, ...caption } };
    case 'audio':
      return { method: 'sendAudio', params: { audio: file, ...caption } };
    case 'voice':
      return { method: 'sendVoice', params: { voice: file, ...caption } };
    case 'document':
      return { method: 'sendDocument', params: { document: file, ...caption } };
  }
}
