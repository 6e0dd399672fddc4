import { Injectable } from '@nestjs/common';
import { costOfCall } from '../../chat/call-cost.js';
import type { NoticeFile } from '../../notices/notice.interface.js';
import { captionOf, type Caption } from './caption.js';
import type { NoticeTexts } from './notice-text.builder.js';
import { nameOfUpload, uploadOf } from './notice-upload.js';
import type { Operation, OperationParams } from './operation.interface.js';

const METHOD = 'sendMediaGroup';

type Media = OperationParams<typeof METHOD>['media'];

/** Builds the operation that posts several files as an album, with the text of their notice as the caption of the first. */
@Injectable()
export class SendAlbumBuilder {
  build(files: readonly NoticeFile[], texts?: NoticeTexts): Operation {
    const formatted = operationOf(files, captionOf(texts?.formatted));
    return texts
      ? { ...formatted, withoutMarkup: operationOf(files, captionOf(texts.plain)) }
      : formatted;
  }
}

function operationOf(files: readonly NoticeFile[], caption: Caption): Operation {
  const uploads = files.map((file) => uploadOf(file));
  const params = { media: mediaOf(files, uploads.map(nameOfUpload), caption) };
  return { method: METHOD, params, files: uploads, cost: costOfCall(METHOD, params) };
}

/** Photos and videos may share an album, other kinds have their own. */
function mediaOf(files: readonly NoticeFile[], names: readonly string[], caption: Caption): Media {
  const items = names.map((media, index) => (index === 0 ? { media, ...caption } : { media }));
  switch (files[0]?.file.kind) {
    case 'audio':
      return items.map((item) => ({ type: 'audio', ...item }) as const);
    case 'document':
      return items.map((item) => ({ type: 'document', ...item }) as const);
    default:
      return items.map((item, index) =>
        files[index]?.file.kind === 'video'
          ? ({ type: 'video', supports_streaming: true, ...item } as const)
          : ({ type: 'photo', ...item } as const),
      );
  }
}
