import { createReadStream, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { StoredFile } from './stored-file.js';

/** What stands where a file holds less than its size says: the position of each byte, modulo this. */
const FILLING_PERIOD = 251;
/** How much is handed on at a time. */
const CHUNK_BYTES = FILLING_PERIOD * 256;
const FILLING = Buffer.from(
  Array.from({ length: CHUNK_BYTES + FILLING_PERIOD }, (_unused, index) => index % FILLING_PERIOD),
);

/**
 * A part of what is in a file, from the byte `start` up to and including the byte `end`. Nothing is copied,
 * and of a file that a test has only given a size nothing is held.
 */
export function streamContent(file: StoredFile, start = 0, end = file.size - 1): Readable {
  if (end < start) return Readable.from([]);
  if (file.storedAt !== undefined) return createReadStream(file.storedAt, { start, end });
  return Readable.from(readChunks(file.bytes, start, end), { objectMode: false });
}

/** All of what is in a file, as far as it is held. */
export function readContent(file: StoredFile): Uint8Array {
  return file.storedAt === undefined ? file.bytes : new Uint8Array(readFileSync(file.storedAt));
}

function* readChunks(bytes: Uint8Array, start: number, end: number): Generator<Uint8Array> {
  let position = start;
  while (position <= end) {
    const size = Math.min(CHUNK_BYTES, end + 1 - position);
    const held = bytes.subarray(position, position + size);
    const offset = position % FILLING_PERIOD;
    const chunk = held.length > 0 ? held : FILLING.subarray(offset, offset + size);
    yield chunk;
    position += chunk.length;
  }
}
