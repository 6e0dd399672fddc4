import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TelegramFileError } from '../errors/index.js';

/** A stream of which the first bytes were read. */
export interface StartedStream {
  readonly head: Buffer;
  /** What follows them. */
  readonly rest: Readable;
}

/** The first bytes of a stream: as many as asked for or a few more, fewer only when it has no more. The rest stays. */
export async function readHead(stream: Readable, bytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= bytes) break;
  }
  return Buffer.concat(chunks);
}

/**
 * Finds out that a file is too short as long as the answer can still say so.
 *
 * @param length How many bytes there have to be; undefined when it is not known.
 * @throws {@link TelegramFileError} When the stream has ended with fewer.
 */
export function requireLength({ head, rest }: StartedStream, length: number | undefined): void {
  if (rest.readableEnded) checkLength(head.length, length);
}

/**
 * Sends a file as fast as the client takes it. When it breaks off, so does the connection: the client sees that
 * something is missing.
 *
 * @param length How many bytes there have to be; undefined when it is not known.
 */
export async function transfer(
  { head, rest }: StartedStream,
  response: ServerResponse,
  length: number | undefined,
): Promise<void> {
  let sent = head.length;
  try {
    response.write(head);
    if (!rest.readableEnded) {
      rest.on('data', (chunk: Buffer) => (sent += chunk.length));
      await pipeline(rest, response, { end: false });
    }
    checkLength(sent, length);
    response.end();
  } catch (error) {
    response.destroy();
    throw error;
  }
}

function checkLength(sent: number, length: number | undefined): void {
  if (length !== undefined && sent !== length) {
    throw new TelegramFileError('unavailable', `${sent} of ${length} bytes have arrived`);
  }
}
