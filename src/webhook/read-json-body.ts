import type { IncomingMessage, ServerResponse } from 'node:http';
import { BadRequestException, PayloadTooLargeException } from '@nestjs/common';
import type { RequestMatcher } from './request-matcher.js';

/** A request with what body parsers put there. */
interface ParsedRequest extends IncomingMessage {
  /** Express's own, of the URL. */
  readonly path?: string;
  body?: unknown;
  /** By this body-parser 1 knows that there is nothing left to read; later ones see it. */
  _body?: boolean;
}

type Next = (error?: unknown) => void;

/**
 * Middleware that refuses strangers before any parser of the app has read what they send, and reads the
 * body of Telegram's updates itself, so that the app's parsers need not.
 */
export function expressWebhookMiddleware(keeper: RequestMatcher, maxBytes: number) {
  return function telegramWebhookDoor(
    request: ParsedRequest,
    response: ServerResponse,
    next: Next,
  ): void {
    if (request.method !== 'POST' || !keeper.isWebhook(pathOf(request))) next();
    else if (!keeper.isAuthentic(request.headers)) refuse(response);
    else if (isUnreadJson(request)) read(request, maxBytes, next);
    else next();
  };
}

/** As Express itself reads it to find a route: a URL may be written in several ways. */
function pathOf({ path, url = '' }: ParsedRequest): string {
  return path ?? url.replace(/\?.*$/s, '');
}

/** Answers as TelegramSecretGuard would. Node throws away what is still sent. */
function refuse(response: ServerResponse): void {
  const body = JSON.stringify({ message: 'Unauthorized', statusCode: 401 });
  response.writeHead(401, { 'Content-Type': 'application/json; charset=utf-8' }).end(body);
}

function isUnreadJson({ headers, body, readableEnded }: ParsedRequest): boolean {
  return (
    body === undefined &&
    !readableEnded &&
    !headers['content-encoding'] &&
    /^application\/json\b/i.test(headers['content-type'] ?? '')
  );
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
