import type { IncomingMessage } from 'node:http';
import { BotApiParameters } from '../parameters/bot-api-parameters.js';
import { isMultipart, parseBody, type ParsedBody, parseForm, sortParts } from './body-parser.js';
import { MultipartReader } from './multipart-reader.js';
import type { UploadSpool } from './upload-spool.js';

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
/** A local server takes so much. */
const MAX_LOCAL_BYTES = 2_000_000_000;

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
 * @param uploads Where files are kept, by a local server.
 * @throws {@link BodyTooLargeError}
 */
export async function readCall(
  request: IncomingMessage,
  uploads?: UploadSpool,
): Promise<BotApiRequest | undefined> {
  const contentType = request.headers['content-type'] ?? '';
  const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
  const maxBytes = MAX_PARAMETER_BYTES - query.length;
  const { entries, files } = isMultipart(contentType)
    ? await readUpload(request, contentType, maxBytes, uploads)
    : parseBody(contentType, await readBody(request, maxBytes));

  const target = /^\/bot([^/]*)\/(.*)$/s.exec(decode(path));
  if (!target) return undefined;
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

/** Takes a multipart body apart while it comes. */
async function readUpload(
  request: IncomingMessage,
  contentType: string,
  maxTextBytes: number,
  uploads: UploadSpool | undefined,
): Promise<ParsedBody> {
  const reader = new MultipartReader(contentType, uploads);
  const maxBytes = uploads ? MAX_LOCAL_BYTES : MAX_MULTIPART_BYTES;
  await readChunks(request, (chunk, size) => {
    if (size > maxBytes) throw new BodyTooLargeError(true);
    reader.push(chunk);
    if (reader.textBytes > maxTextBytes) throw new BodyTooLargeError(false);
  });
  return sortParts(reader.parts);
}

async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await readChunks(request, (chunk, size) => {
    if (size > maxBytes) throw new BodyTooLargeError(false);
    chunks.push(chunk);
  });
  return Buffer.concat(chunks);
}

/**
 * Reads a body to its end.
 *
 * @param take Gets each piece and how much has come with it; what it throws ends the reading.
 */
function readChunks(
  request: IncomingMessage,
  take: (chunk: Buffer, size: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let size = 0;
    let isRefused = false;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      // The rest is read and dropped: a client that is still writing would miss the answer.
      if (isRefused) return;
      try {
        take(chunk, size);
      } catch (error) {
        isRefused = true;
        reject(error);
      }
    });
    request.on('end', resolve);
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
