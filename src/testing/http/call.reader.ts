import type { IncomingMessage } from 'node:http';
import { BotApiParameters, type BotApiParameter } from '../parameters/bot-api.parameters.js';
import { JsonBodyParser } from './json-body.parser.js';

/** A request to `/bot<token>/<method>`. */
export interface BotApiRequest {
  readonly token: string;
  /** As the client spelled it. */
  readonly method: string;
  readonly contentType: string;
  readonly parameters: BotApiParameters;
}

/** The body is larger than Telegram takes. */
export class BodyTooLargeError extends Error {}

/** Parameters of a call may take 1 MiB. */
const MAX_BODY_BYTES = 1 << 20;
/** Files come in multipart bodies, which api.telegram.org cuts at 50 MB. */
const MAX_MULTIPART_BYTES = 50_000_000;

/**
 * Reads a call from the wire; undefined when the path is none of the Bot API
 * (telegram-bot-api, HttpConnection.cpp:26-46).
 *
 * @throws {@link BodyTooLargeError}
 */
export async function readCall(request: IncomingMessage): Promise<BotApiRequest | undefined> {
  const contentType = request.headers['content-type'] ?? '';
  const isMultipart = /multipart\/form-data/i.test(contentType);
  const body = await readBody(request, isMultipart ? MAX_MULTIPART_BYTES : MAX_BODY_BYTES);

  const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
  const target = /^\/bot([^/]*)\/(.*)$/s.exec(decode(path));
  if (!target) return undefined;
  const parameters = new BotApiParameters([
    ...readForm(query),
    ...(await readParameters(contentType, body)),
  ]);
  const [, token = '', name = ''] = target;
  return { token, method: name || parameters.text('method'), contentType, parameters };
}

function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      // The rest is read and dropped: a client that is still writing would miss the answer.
      if (size > maxBytes) reject(new BodyTooLargeError());
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => reject(new Error('the client went away')));
  });
}

async function readParameters(
  contentType: string,
  body: Buffer,
): Promise<Iterable<readonly [string, BotApiParameter]>> {
  if (/multipart\/form-data/i.test(contentType)) return readMultipart(contentType, body);
  if (/application\/x-www-form-urlencoded/i.test(contentType)) return readForm(decodeUtf8(body));
  if (/application\/json/i.test(contentType)) return JsonBodyParser.parse(decodeUtf8(body));
  return [];
}

function readForm(encoded: string): Array<readonly [string, BotApiParameter]> {
  return Array.from(new URLSearchParams(encoded), ([name, text]) => [name, { text, value: text }]);
}

async function readMultipart(
  contentType: string,
  body: Buffer,
): Promise<Array<readonly [string, BotApiParameter]>> {
  try {
    const headers = { 'content-type': contentType };
    const form = await new Response(new Uint8Array(body), { headers }).formData();
    return Array.from(form).flatMap(([name, text]) =>
      typeof text === 'string' ? [[name, { text, value: text }] as const] : [],
    );
  } catch {
    // A body that does not hold together has no parameters, like broken JSON.
    return [];
  }
}

/** What is no UTF-8 becomes a lone surrogate, so that the text can be told to be broken. */
function decodeUtf8(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return body.toString('utf8').replaceAll('\ufffd', '\ud800');
  }
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
