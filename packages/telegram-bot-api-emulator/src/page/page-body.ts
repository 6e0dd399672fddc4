import type { IncomingMessage } from 'node:http';
import { isJsonObject, type JsonObject } from '../parameters/json-fields.js';
import { PageError } from './page.error.js';

const MAX_ACTION_BYTES = 1 << 20;
/** Uploads may take as much as those of bots. */
const MAX_UPLOAD_BYTES = 50_000_000;
/** Of what is too large so much is read and dropped, since a browser that is still writing misses the answer. */
const MAX_DROPPED_BYTES = 200_000_000;

/**
 * The JSON object in the body of an action.
 *
 * @throws {@link PageError}
 */
export async function readAction(request: IncomingMessage): Promise<JsonObject> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new PageError(415, 'An action is sent as application/json');
  }
  const body = await readBody(request, MAX_ACTION_BYTES);
  const action = parse(body.toString());
  if (!isJsonObject(action)) throw new PageError(400, 'An action is a JSON object');
  return action;
}

/**
 * The bytes of an upload.
 *
 * @throws {@link PageError}
 */
export function readUpload(request: IncomingMessage): Promise<Buffer> {
  return readBody(request, MAX_UPLOAD_BYTES);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PageError(400, 'The action is no JSON');
  }
}

function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const refuse = (): void => {
      chunks.length = 0;
      reject(new PageError(413, `The body is larger than ${maxBytes} bytes`));
    };
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) refuse();
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_DROPPED_BYTES) request.destroy();
      if (size <= maxBytes) chunks.push(chunk);
      else refuse();
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => reject(new Error('the client went away')));
  });
}
