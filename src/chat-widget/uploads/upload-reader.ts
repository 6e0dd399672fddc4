import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { Clock, type Timer } from '../../common/clock.js';
import { tooMany } from '../api/too-many.js';
import { ChatHttpError } from '../chat-http.error.js';
import { ChatSettings } from '../config/chat-settings.js';
import type { ChatHttpRequest } from '../identity/chat-http-request.interface.js';
import { UploadBudget, type UploadShare } from './upload-budget.js';
import { UnparsedUploads } from './unparsed-uploads.js';

/** How long the next bytes may take, and all of them. */
const IDLE_MS = 20_000;
const LONGEST_MS = 120_000;

/** When to try again while other uploads are on their way. */
const BUSY_WAIT_MS = 2_000;

/** How long a client has to read why its upload was refused, before its connection is closed. */
const REFUSAL_MS = 2_000;

/** Reads the bytes of uploads, as many as are allowed. */
@Injectable()
export class UploadReader {
  readonly #budget: UploadBudget;
  readonly #maxBytes: number;

  constructor(
    settings: ChatSettings,
    private readonly unparsed: UnparsedUploads,
    private readonly clock: Clock,
  ) {
    this.#maxBytes = settings.uploads?.maxBytes ?? 0;
    this.#budget = new UploadBudget(this.#maxBytes);
  }

  /** @throws {@link ChatHttpError} When there are too many bytes, none, or they do not come. */
  async read(customerId: string, request: ChatHttpRequest): Promise<Buffer> {
    // A parser of the app may have read it.
    if (Buffer.isBuffer(request.body)) return this.#checked(request.body);
    const stream = streamOf(request);
    const length = this.unparsed.lengthOf(stream);
    if (length !== undefined && length > this.#maxBytes)
      throw this.#refused(stream, this.#tooLarge());
    const share = this.#budget.begin(customerId);
    if (!share) throw this.#refused(stream, tooMany(BUSY_WAIT_MS));
    try {
      return this.#checked(await this.#collect(stream, share));
    } catch (error) {
      const isOwn = error instanceof ChatHttpError;
      throw this.#refused(
        stream,
        isOwn ? error : new ChatHttpError('invalid', 'The upload broke off'),
      );
    } finally {
      share.free();
    }
  }

  async #collect(stream: IncomingMessage, share: UploadShare): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const late = (): void => {
      stream.destroy(new ChatHttpError('invalid', 'The upload took too long'));
    };
    const all = this.clock.setTimer(late, LONGEST_MS);
    let idle: Timer = this.clock.setTimer(late, IDLE_MS);
    try {
      for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
        idle.cancel();
        idle = this.clock.setTimer(late, IDLE_MS);
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes > this.#maxBytes) throw this.#tooLarge();
        if (!share.add(chunk.length)) throw tooMany(BUSY_WAIT_MS);
      }
    } finally {
      idle.cancel();
      all.cancel();
    }
    return Buffer.concat(chunks, bytes);
  }

  #checked(bytes: Buffer): Buffer {
    if (bytes.length > this.#maxBytes) throw this.#tooLarge();
    if (bytes.length === 0) throw new ChatHttpError('invalid', 'The upload has no bytes');
    return bytes;
  }

  #tooLarge(): ChatHttpError {
    return new ChatHttpError('too_large', `A file may have at most ${this.#maxBytes} bytes`);
  }

  /** Reads no more of an upload that is refused: its client may send without end. */
  #refused(stream: IncomingMessage, error: ChatHttpError): ChatHttpError {
    stream.resume();
    this.clock.setTimer(() => stream.destroy(), REFUSAL_MS).unref?.();
    return error;
  }
}

/** On Express the request is that of Node. */
function streamOf(request: ChatHttpRequest): IncomingMessage {
  if (request.raw) return request.raw;
  if (isStream(request)) return request;
  throw new ChatHttpError('invalid', 'The body was read already');
}

function isStream(request: object): request is IncomingMessage {
  return 'iterator' in request && 'socket' in request;
}
