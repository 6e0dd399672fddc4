import type { UploadedFile } from '../parameters/uploaded-file.interface.js';
import { PartCollector, type MultipartPart } from './part-collector.js';
import type { UploadSpool } from './upload-spool.js';

const LINE_END = Buffer.from('\r\n');
const HEADERS_END = Buffer.from('\r\n\r\n');
/** Headers that take more than this are broken. */
const MAX_HEADER_BYTES = 64 * 1024;
const NOTHING = Buffer.alloc(0);

/**
 * Takes a multipart body apart while it comes, as leniently as Telegram: spaces and quotes around what
 * the headers say may be missing, and what follows a broken part is not looked at (td: HttpReader.cpp).
 * Besides the files it holds no more than a part's headers.
 */
export class MultipartReader {
  /** The parts that are complete, in their order. */
  readonly parts: MultipartPart[] = [];
  readonly #opening: Buffer;
  readonly #closing: Buffer;
  readonly #spool: UploadSpool | undefined;
  #state: 'preamble' | 'boundary' | 'headers' | 'content' | 'done' = 'preamble';
  #pending: Buffer = NOTHING;
  /** How many of the bytes at the beginning of a content still belong to its headers. */
  #skipped = 0;
  #part: PartCollector | undefined;
  #textBytes = 0;

  /** @param spool Where files are kept; in memory by default. */
  constructor(contentType: string, spool?: UploadSpool) {
    const boundary = parameterOf(contentType, 'boundary') ?? '';
    this.#opening = Buffer.from(`--${boundary}`);
    this.#closing = Buffer.concat([LINE_END, this.#opening]);
    this.#spool = spool;
    if (boundary === '') this.#state = 'done';
  }

  /** Reads a whole body. */
  static read(contentType: string, body: Buffer): MultipartPart[] {
    const reader = new MultipartReader(contentType);
    reader.push(body);
    return reader.parts;
  }

  /** How much of texts has come, in bytes, those of parts that are not complete included. */
  get textBytes(): number {
    return this.#textBytes + (this.#part?.textBytes ?? 0);
  }

  /** Reads on. */
  push(chunk: Buffer): void {
    if (this.#state === 'done') return;
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    while (this.#step()) continue;
  }

  /** Whether there may be more to read in what has come. */
  #step(): boolean {
    switch (this.#state) {
      case 'preamble':
        return this.#readPreamble();
      case 'boundary':
        return this.#readBoundary();
      case 'headers':
        return this.#readHeaders();
      case 'content':
        return this.#readContent();
      case 'done':
        return false;
    }
  }

  #readPreamble(): boolean {
    const start = this.#pending.indexOf(this.#opening);
    if (start < 0) {
      this.#drop(Math.max(0, this.#pending.length - this.#opening.length + 1));
      return false;
    }
    this.#drop(start + this.#opening.length);
    this.#state = 'boundary';
    return true;
  }

  #readBoundary(): boolean {
    if (this.#pending.length < LINE_END.length) return false;
    this.#state = this.#pending.toString('latin1', 0, 2) === '--' ? 'done' : 'headers';
    return true;
  }

  #readHeaders(): boolean {
    const end = this.#pending.indexOf(HEADERS_END);
    const closing = this.#pending.indexOf(this.#closing);
    const isBroken = end < 0 ? this.#pending.length > MAX_HEADER_BYTES : false;
    // Headers that end behind the part are those of another one.
    if (isBroken || (closing >= 0 && (end < 0 || closing < end))) return this.#finish();
    if (end < 0) return false;
    const headers = this.#pending.toString('utf8', LINE_END.length, end);
    this.#part = createCollector(headers, this.#spool);
    if (!this.#part) return this.#finish();
    // A part without content ends where its headers do: one line end may belong to both.
    this.#drop(end + LINE_END.length);
    this.#skipped = LINE_END.length;
    this.#state = 'content';
    return true;
  }

  #readContent(): boolean {
    const end = this.#pending.indexOf(this.#closing);
    const safe = end < 0 ? Math.max(0, this.#pending.length - this.#closing.length + 1) : end;
    if (safe > this.#skipped) this.#part?.add(this.#pending.subarray(this.#skipped, safe));
    this.#skipped = Math.max(0, this.#skipped - safe);
    if (end < 0) {
      this.#drop(safe);
      return false;
    }
    if (this.#part) this.parts.push(this.#part.end());
    this.#textBytes += this.#part?.textBytes ?? 0;
    this.#part = undefined;
    this.#drop(end + this.#closing.length);
    this.#state = 'boundary';
    return true;
  }

  #drop(size: number): void {
    this.#pending = this.#pending.subarray(size);
  }

  #finish(): false {
    this.#state = 'done';
    this.#pending = NOTHING;
    return false;
  }
}

function createCollector(headers: string, spool?: UploadSpool): PartCollector | undefined {
  const disposition = headerOf(headers, 'content-disposition');
  const name = parameterOf(disposition, 'name');
  if (name === undefined) return undefined;
  const fileName = parameterOf(disposition, 'filename');
  if (fileName === undefined) return new PartCollector(name);
  const contentType = headerOf(headers, 'content-type').split(';')[0]?.trim() ?? '';
  const file: Pick<UploadedFile, 'fileName' | 'contentType'> = { fileName, contentType };
  return new PartCollector(name, file, spool);
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
