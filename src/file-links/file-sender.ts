import { addAbortSignal } from 'node:stream';
import { Injectable, type HttpException } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Clock } from '../common/clock.js';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { ErrorDescriber } from '../errors/index.js';
import type { FileRange } from '../files/file-range.interface.js';
import { TelegramFileReader, type TelegramFile } from '../files/telegram-file-reader.js';
import { cacheHeaders, contentHeaders, entityTagOf, isKnown } from './file-headers.js';
import { fileProblemOf } from './file-problem.js';
import { readHead, requireLength, transfer, type StartedStream } from './file-transfer.js';
import { beginAnswer, rawOf, type HttpResponse } from './http-response.js';
import type { FileRequest, RequestedFile } from './requested-file.js';
import { checkType, HEAD_BYTES } from './shown-type.js';
import { wantedPartOf } from './wanted-part.js';

/** Answers requests for files with what Telegram has of them, as it arrives. */
@Injectable()
export class FileSender {
  readonly #logger: ThrottledLogger;

  constructor(
    private readonly reader: TelegramFileReader,
    private readonly clock: Clock,
    private readonly adapterHost: HttpAdapterHost,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger('TelegramFiles', errors);
  }

  /** @throws {@link HttpException} When there is no file to send. */
  async send(asked: RequestedFile, request: FileRequest, response: HttpResponse): Promise<void> {
    const raw = rawOf(response);
    const client = new AbortController();
    raw.once('close', () => client.abort());
    try {
      await this.#answer(asked, request, response, client.signal);
    } catch (error) {
      if (client.signal.aborted) return;
      this.#logger.warn(`A link to a file did not work: ${this.#logger.describe(error)}`);
      if (!raw.headersSent) throw this.#exceptionOf(error, response);
    }
  }

  async #answer(
    asked: RequestedFile,
    request: FileRequest,
    response: HttpResponse,
    signal: AbortSignal,
  ): Promise<void> {
    const file = await this.reader.find(asked.fileId);
    const entityTag = entityTagOf(file.uniqueId);
    const caching = cacheHeaders(asked, this.clock.now(), entityTag);
    if (isKnown(entityTag, request.headers['if-none-match'])) {
      beginAnswer(response, 304, caching).end();
      return;
    }
    const { status, headers, range, length } = wantedPartOf(request, file.size, entityTag);
    if (status === 416) {
      beginAnswer(response, status, { ...caching, ...headers }).end();
      return;
    }
    const hasBody = request.method !== 'HEAD';
    const head = headOf(file);
    // What the file is say its first bytes, whatever part is asked for.
    const hasHead = hasBody && beginsWith(head, range);
    const first = await open(file, hasHead ? range : head, signal);
    const content = contentHeaders(asked, checkType(first.head));
    if (!hasHead) first.rest.destroy();
    const part = hasBody && !hasHead ? await open(file, range, signal) : first;
    if (hasBody) requireLength(part, length);
    signal.throwIfAborted();
    const raw = beginAnswer(response, status, { ...caching, ...content, ...headers });
    if (hasBody) await transfer(part, raw, length);
    else raw.end();
  }

  #exceptionOf(error: unknown, response: HttpResponse): HttpException {
    const { exception, retryAfterSeconds } = fileProblemOf(error);
    const { httpAdapter } = this.adapterHost;
    httpAdapter.setHeader(response, 'Cache-Control', 'no-store');
    if (retryAfterSeconds !== undefined) {
      httpAdapter.setHeader(response, 'Retry-After', String(retryAfterSeconds));
    }
    return exception;
  }
}

function headOf({ size }: TelegramFile): FileRange | undefined {
  return size ? { start: 0, end: Math.min(HEAD_BYTES, size) - 1 } : undefined;
}

/** Whether all bytes that say what a file is are the first of a part of it. */
function beginsWith(head: FileRange | undefined, part: FileRange | undefined): boolean {
  if (!head || !part) return true;
  return part.start === 0 && part.end >= head.end;
}

/** Opens a file and waits for its first bytes, so that what fails early still gets a status. */
async function open(
  file: TelegramFile,
  range: FileRange | undefined,
  signal: AbortSignal,
): Promise<StartedStream> {
  const rest = addAbortSignal(signal, await file.open(range));
  return { head: await readHead(rest, HEAD_BYTES), rest };
}
