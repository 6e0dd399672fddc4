import type { BotApiParameter } from '../parameters/bot-api-parameters.js';
import type { UploadedFile } from '../parameters/uploaded-file.interface.js';
import { MultipartReader } from './multipart-reader.js';
import type { MultipartPart } from './part-collector.js';
import { JsonBodyParser } from './json-body-parser.js';
import { decodeUtf8 } from './utf8-decoder.js';

/** What a body holds. */
export interface ParsedBody {
  readonly entries: Iterable<readonly [string, BotApiParameter]>;
  readonly files: ReadonlyMap<string, UploadedFile>;
}

const NOTHING: ParsedBody = { entries: [], files: new Map() };

/** Whether a body of this type may hold files. */
export function isMultipart(contentType: string): boolean {
  return /multipart\/form-data/i.test(contentType);
}

/**
 * Reads the parameters in a query or in a form without files.
 *
 * @param encoded A character for each byte.
 */
export function parseForm(encoded: string): Array<readonly [string, BotApiParameter]> {
  const pairs = encoded.split('&').filter((pair) => pair !== '');
  return pairs.map((pair) => {
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    const text = decodeFormText(value);
    return [decodeFormText(name), { text, value: text }];
  });
}

/**
 * Reads a body by its type: JSON, a form, or a form with files. Any other type has no parameters
 * (td: HttpReader.cpp:88-158).
 */
export function parseBody(contentType: string, body: Buffer): ParsedBody {
  if (isMultipart(contentType)) return sortParts(MultipartReader.read(contentType, body));
  if (/application\/x-www-form-urlencoded/i.test(contentType)) {
    return { ...NOTHING, entries: parseForm(body.toString('latin1')) };
  }
  if (/application\/json/i.test(contentType)) {
    return { ...NOTHING, entries: JsonBodyParser.parse(decodeUtf8(body)) };
  }
  return NOTHING;
}

/** Parts the texts of a multipart body from its files. */
export function sortParts(parts: readonly MultipartPart[]): ParsedBody {
  const entries: Array<readonly [string, BotApiParameter]> = [];
  const files = new Map<string, UploadedFile>();
  for (const part of parts) {
    if ('text' in part) entries.push([part.name, { text: part.text, value: part.text }]);
    else if (!files.has(part.name)) files.set(part.name, part.file);
  }
  return { entries, files };
}

function decodeFormText(encoded: string): string {
  const bytes = encoded
    .replaceAll('+', ' ')
    .replaceAll(/%([0-9a-f]{2})/gi, (_match, byte: string) =>
      String.fromCharCode(Number.parseInt(byte, 16)),
    );
  return decodeUtf8(Buffer.from(bytes, 'latin1'));
}
