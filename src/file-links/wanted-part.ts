import type { OutgoingHttpHeaders } from 'node:http';
import type { FileRange } from '../files/file-range.interface.js';
import { byteRangeOf } from './byte-range.js';
import type { FileRequest } from './requested-file.js';

/** What a request wants of a file. */
export interface WantedPart {
  readonly status: 200 | 206 | 416;
  readonly headers: OutgoingHttpHeaders;
  /** The bytes to read; undefined when all are wanted and their number is not known, or when there are none. */
  readonly range?: FileRange;
  /** The number of bytes to send; undefined when it is not known. */
  readonly length?: number;
}

/** @param size Of the whole file; undefined when Telegram does not say it: no part can be named then. */
export function wantedPartOf(
  request: Pick<FileRequest, 'method' | 'headers'>,
  size: number | undefined,
  entityTag: string | undefined,
): WantedPart {
  if (size === undefined) return { status: 200, headers: {} };
  const range = rangeOf(request, size, entityTag);
  const total = { 'Accept-Ranges': 'bytes' };
  if (range === 'unsatisfiable') {
    return { status: 416, headers: { ...total, 'Content-Range': `bytes */${size}` }, length: 0 };
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  const length = end - start + 1;
  const headers: OutgoingHttpHeaders = { ...total, 'Content-Length': length };
  if (range) headers['Content-Range'] = `bytes ${start}-${end}/${size}`;
  return {
    status: range ? 206 : 200,
    headers,
    length,
    ...(length > 0 && { range: { start, end } }),
  };
}

/** Only GET has parts (RFC 9110, 14.2), and only of the version that the client knows. */
function rangeOf(
  { method, headers }: Pick<FileRequest, 'method' | 'headers'>,
  size: number,
  entityTag: string | undefined,
) {
  const condition = headers['if-range'];
  const isOther = condition !== undefined && condition !== entityTag;
  const { range } = headers;
  return method === 'GET' && !isOther && typeof range === 'string'
    ? byteRangeOf(range, size)
    : null;
}
