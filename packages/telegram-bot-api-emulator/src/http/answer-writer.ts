import { type ServerResponse, STATUS_CODES } from 'node:http';
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

/** Writes the content of a file. */
export function sendFile(response: ServerResponse, { bytes, mimeType }: StoredFile): void {
  response
    .writeHead(200, {
      'Content-Type': mimeType ?? 'application/octet-stream',
      'Content-Length': bytes.length,
    })
    .end(bytes);
}
