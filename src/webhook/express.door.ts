import type { IncomingMessage } from 'node:http';
import { BadRequestException, PayloadTooLargeException } from '@nestjs/common';
import type { DoorKeeper } from './door.keeper.js';

/** A request with what body parsers put there. */
interface ParsedRequest extends IncomingMessage {
  body?: unknown;
  /** By this body-parser 1 knows that there is nothing left to read; later ones see it. */
  _body?: boolean;
}

type Next = (error?: unknown) => void;

/** Middleware that reads the body of Telegram's updates, so that the app's own parsers need not. */
export function expressDoor(keeper: DoorKeeper, maxBytes: number) {
  return function telegramWebhookDoor(
    request: ParsedRequest,
    _response: unknown,
    next: Next,
  ): void {
    if (isUnreadJson(request) && isForWebhook(request, keeper)) read(request, maxBytes, next);
    else next();
  };
}

function isUnreadJson({ method, headers, body, readableEnded }: ParsedRequest): boolean {
  return (
    method === 'POST' &&
    body === undefined &&
    !readableEnded &&
    !headers['content-encoding'] &&
    /^application\/json\b/i.test(headers['content-type'] ?? '')
  );
}

function isForWebhook({ url = '', headers }: ParsedRequest, keeper: DoorKeeper): boolean {
  return keeper.isWebhook(url.replace(/\?.*$/s, '')) && keeper.admits(headers);
}

function read(request: ParsedRequest, maxBytes: number, next: Next): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let isOver = false;
  const end = (error?: Error): void => {
    if (isOver) return;
    isOver = true;
    next(error);
  };
  const abort = (): void => end(new BadRequestException());
  const take = (chunk: Buffer): void => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes <= maxBytes) return;
    request.off('data', take).off('end', finish);
    end(new PayloadTooLargeException());
    // What is left of it is thrown away, so that the answer can be read.
    request.resume();
  };
  const finish = (): void => {
    request.body = parse(Buffer.concat(chunks).toString());
    request['_body'] = true;
    end();
  };
  request.on('data', take).on('end', finish).on('error', abort);
}

/** The controller answers for what is no JSON, as for all that is no update. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
