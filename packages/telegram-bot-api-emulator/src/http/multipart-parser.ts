import type { UploadedFile } from '../parameters/uploaded-file.interface.js';
import { decodeUtf8 } from './utf8-decoder.js';

/** A part of a multipart body: a text, or a file when it has a file name. */
export type MultipartPart =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly file: UploadedFile };

const LINE_END = Buffer.from('\r\n');
const HEADERS_END = Buffer.from('\r\n\r\n');

/**
 * Takes a multipart body apart, as leniently as Telegram: spaces and quotes around what the headers
 * say may be missing, and what follows a broken part is not looked at (td: HttpReader.cpp).
 */
export function parseMultipart(contentType: string, body: Buffer): MultipartPart[] {
  const boundary = parameterOf(contentType, 'boundary') ?? '';
  if (boundary === '') return [];
  const opening = Buffer.from(`--${boundary}`);
  const closing = Buffer.concat([LINE_END, opening]);
  const parts: MultipartPart[] = [];
  let position = body.indexOf(opening);
  while (position >= 0) {
    const start = position + opening.length;
    const headersEnd = body.indexOf(HEADERS_END, start);
    const end = body.indexOf(closing, start);
    if (body.toString('latin1', start, start + 2) === '--' || end < 0) break;
    // Headers that end behind the part are those of another one.
    if (headersEnd < 0 || headersEnd > end) break;
    // A part without content ends where its headers do.
    const contentStart = Math.min(headersEnd + HEADERS_END.length, end);
    const part = readPart(
      body.toString('utf8', start + LINE_END.length, headersEnd),
      body.subarray(contentStart, end),
    );
    if (!part) break;
    parts.push(part);
    position = end + LINE_END.length;
  }
  return parts;
}

function readPart(headers: string, content: Buffer): MultipartPart | undefined {
  const disposition = headerOf(headers, 'content-disposition');
  const name = parameterOf(disposition, 'name');
  if (name === undefined) return undefined;
  const fileName = parameterOf(disposition, 'filename');
  if (fileName === undefined) return { name, text: decodeUtf8(content) };
  const contentType = headerOf(headers, 'content-type').split(';')[0]?.trim() ?? '';
  return { name, file: { fileName, contentType, bytes: new Uint8Array(content) } };
}

function headerOf(headers: string, name: string): string {
  const line = headers.split('\r\n').find((one) => one.toLowerCase().startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim() ?? '';
}

/** A parameter of a header, with or without quotes. */
function parameterOf(header: string, name: string): string | undefined {
  const found = new RegExp(
    `(?:^|;)\\s*${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^;]*))`,
    'i',
  ).exec(header);
  if (!found) return undefined;
  return found[1]?.replace(/\\(.)/g, '$1') ?? found[2]?.trim() ?? '';
}
