import { type ServerResponse, STATUS_CODES } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { streamContent } from '../files/file-content.js';
import type { StoredFile } from '../files/stored-file.js';
import type { BotApiAnswer } from './bot-api-executor.js';

function writeHead(response: ServerResponse, answer: BotApiAnswer, body: string): void {
  const retryAfter = answer.response.ok ? undefined : answer.response.parameters?.retry_after;
  response.writeHead(answer.status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
  });
}

/** Writes the envelope, and `Retry-After` where there is one. */
export function sendJson(response: ServerResponse, answer: BotApiAnswer): void {
  const body = JSON.stringify(answer.response);
  writeHead(response, answer, body);
  response.end(body);
}

/** Writes half of the envelope and closes the connection. */
export function sendHalf(response: ServerResponse, answer: BotApiAnswer): void {
  const body = JSON.stringify(answer.response);
  writeHead(response, answer, body);
  response.write(body.slice(0, body.length / 2), () => response.destroy());
}

/** Writes the error page of a proxy. */
export function sendPage(response: ServerResponse, status: number): void {
  const title = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n`;
  response.writeHead(status, { 'Content-Type': 'text/html' }).end(body);
}

/**
 * Streams the content of a file, or the part that the `Range` of the request asks for.
 *
 * @param contentType By default none in particular: Telegram says nothing of what kind a file is.
 */
export async function sendFile(
  response: ServerResponse,
  file: StoredFile,
  range: string | undefined,
  contentType = 'application/octet-stream',
): Promise<void> {
  const asked = readRange(range, file.size);
  response.setHeader('Content-Type', contentType);
  response.setHeader('Accept-Ranges', 'bytes');
  if (asked === 'unsatisfiable') {
    response.writeHead(416, { 'Content-Range': `bytes */${file.size}`, 'Content-Length': 0 }).end();
    return;
  }
  const { start, end } = asked ?? { start: 0, end: file.size - 1 };
  response.writeHead(asked ? 206 : 200, {
    'Content-Length': end - start + 1,
    ...(asked && { 'Content-Range': `bytes ${start}-${end}/${file.size}` }),
  });
  await pipeline(streamContent(file, start, end), response);
}

/** The first and the last byte of one range; undefined when all is asked for, or several ranges are. */
function readRange(
  header: string | undefined,
  size: number,
): { readonly start: number; readonly end: number } | 'unsatisfiable' | undefined {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  const [, from = '', to = ''] = found ?? [];
  if (from === '' && to === '') return undefined;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return start > end ? 'unsatisfiable' : { start, end };
}
