import type { IncomingMessage } from 'node:http';
import { BadRequestException, PayloadTooLargeException } from '@nestjs/common';

/** A request of Express, with what body parsers add to it. */
export interface ExpressRequest extends IncomingMessage {
  /** The path that Express matches routes against. */
  readonly path?: string;
  body?: unknown;
  /** Marks the body as read for body-parser 1; later versions check the stream. */
  _body?: boolean;
}

/** Whether a request has a plain JSON body that nobody has read yet. */
export function hasUnreadJson({ headers, body, readableEnded }: ExpressRequest): boolean {
  return (
    body === undefined &&
    !readableEnded &&
    !headers['content-encoding'] &&
    /^application\/json\b/i.test(headers['content-type'] ?? '')
  );
}

/**
 * Reads a JSON body as a body parser does; the body is undefined when it is not JSON.
 *
 * @param done Called once: with an exception when the body is too long or breaks off.
 */
export function readJsonBody(
  request: ExpressRequest,
  maxBytes: number,
  done: (error?: unknown) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let isDone = false;
  const end = (error?: Error): void => {
    if (isDone) return;
    isDone = true;
    done(error);
  };
  const onData = (chunk: Buffer): void => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes <= maxBytes) return;
    request.off('data', onData).off('end', onEnd);
    end(new PayloadTooLargeException());
    // Discard the rest, so that the client gets to read the answer.
    request.resume();
  };
  const onEnd = (): void => {
    request.body = parse(Buffer.concat(chunks).toString());
    request['_body'] = true;
    end();
  };
  request
    .on('data', onData)
    .on('end', onEnd)
    .on('error', () => end(new BadRequestException()));
}

/** The controller answers 400 to whatever is not an update, so invalid JSON needs no answer here. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
