import type { IncomingMessage } from 'node:http';
import { BotApiParameters } from '../parameters/bot-api-parameters.js';
import { isMultipart, parseBody, type ParsedBody, parseForm } from './body-parser.js';

/** A request to `/bot<token>/<method>`. */
export interface BotApiRequest {
  readonly token: string;
  /** As the client spelled it. */
  readonly method: string;
  readonly contentType: string;
  readonly parameters: BotApiParameters;
  /** The parameters that came in the URL. */
  readonly queryNames: ReadonlySet<string>;
}

/** A request to `/file/bot<token>/<path>`. */
export interface FileRequest {
  readonly token: string;
  readonly path: string;
}

/** The body is larger than Telegram takes. */
export class BodyTooLargeError extends Error {
  /** @param isUpload Whether the body may hold files. */
  constructor(readonly isUpload: boolean) {
    super('the body is too large');
    this.name = new.target.name;
  }
}

/** The parameters of a call, those in the URL included, may take 1 MiB (td: HttpReader.cpp). */
const MAX_PARAMETER_BYTES = 1 << 20;
/** Files come in multipart bodies, which api.telegram.org cuts at 50 MB. */
const MAX_MULTIPART_BYTES = 50_000_000;

/** The file that a request wants to have; undefined when it wants something else. */
export function readFileRequest({ url = '' }: IncomingMessage): FileRequest | undefined {
  const [path = ''] = url.split('?');
  const target = /^\/file\/bot([^/]*)\/(.+)$/s.exec(decode(path));
  return target ? { token: target[1] ?? '', path: target[2] ?? '' } : undefined;
}

/**
 * Reads a call from the wire; undefined when the path is none of the Bot API
 * (telegram-bot-api, HttpConnection.cpp:26-46).
 *
 * @throws {@link BodyTooLargeError}
 */
export async function readCall(request: IncomingMessage): Promise<BotApiRequest | undefined> {
  const contentType = request.headers['content-type'] ?? '';
  const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
  const maxBytes = MAX_PARAMETER_BYTES - query.length;
  const isUpload = isMultipart(contentType);
  const body = await readBody(request, isUpload ? MAX_MULTIPART_BYTES : maxBytes, isUpload);

  const target = /^\/bot([^/]*)\/(.*)$/s.exec(decode(path));
  if (!target) return undefined;
  const { entries, files } = parseBody(contentType, body);
  if (isUpload && sizeOf(entries) > maxBytes) throw new BodyTooLargeError(false);
  const asked = parseForm(query);
  const parameters = new BotApiParameters([...asked, ...entries], files);
  const [, token = '', name = ''] = target;
  return {
    token,
    method: name || parameters.text('method'),
    contentType,
    parameters,
    queryNames: new Set(asked.map(([parameter]) => parameter)),
  };
}

function sizeOf(entries: ParsedBody['entries']): number {
  return Array.from(entries).reduce((sum, [, { text }]) => sum + Buffer.byteLength(text), 0);
}

function readBody(request: IncomingMessage, maxBytes: number, isUpload: boolean): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      // The rest is read and dropped: a client that is still writing would miss the answer.
      if (size > maxBytes) reject(new BodyTooLargeError(isUpload));
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => reject(new Error('the client went away')));
  });
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
