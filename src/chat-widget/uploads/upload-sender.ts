import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import {
  cacheHeaders,
  contentHeaders,
  entityTagOf,
  isKnown,
} from '../../file-links/file-headers.js';
import { beginAnswer, type HttpResponse } from '../../file-links/http-response.js';
import type { CheckedType } from '../../file-links/shown-type.js';
import { wantedPartOf } from '../../file-links/wanted-part.js';
import { ChatHttpError } from '../chat-http.error.js';
import type { ChatHttpRequest } from '../identity/chat-http-request.interface.js';
import { sendPieces } from './file-pieces.js';
import { UploadLinks } from './upload-links.js';
import type { Upload } from './upload.interface.js';
import { Uploads } from './uploads.js';

/** Sends uploads to those who have a link, as links to agents' files are answered. */
@Injectable()
export class UploadSender {
  constructor(
    private readonly links: UploadLinks,
    private readonly uploads: Uploads,
    private readonly clock: Clock,
  ) {}

  /** @throws {@link ChatHttpError} When there is no file to send. */
  async send(reference: string, request: ChatHttpRequest, response: HttpResponse): Promise<void> {
    const link = this.links.read(reference);
    if (!link) throw new ChatHttpError('not_found', 'There is no such file');
    const { uploadId } = link;
    const upload = await this.uploads.find(uploadId);
    if (!upload) throw gone();
    const entityTag = entityTagOf(uploadId);
    const caching = cacheHeaders(link, this.clock.now(), entityTag);
    if (isKnown(entityTag, request.headers['if-none-match'])) {
      beginAnswer(response, 304, caching).end();
      return;
    }
    const { status, headers, range } = wantedPartOf(request, upload.size, entityTag);
    const all = { ...caching, ...contentHeaders(upload, typeOf(upload)), ...headers };
    if (request.method === 'HEAD' || range === undefined) {
      beginAnswer(response, status, all).end();
      return;
    }
    const pieces = this.uploads.read(uploadId, range);
    const first = await pieces.next();
    if (first.done) throw gone();
    const raw = beginAnswer(response, status, all);
    const length = range.end - range.start + 1;
    await sendPieces(joined(first.value, pieces), raw, length, this.clock);
  }
}

function gone(): ChatHttpError {
  return new ChatHttpError('gone', 'This file is no longer available');
}

/** What its bytes have shown when it came: only a document is not shown. */
function typeOf({ kind, contentType }: Upload): CheckedType {
  return { shownAs: kind === 'document' ? undefined : contentType, extension: undefined };
}

async function* joined(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  yield first;
  yield* rest;
}
