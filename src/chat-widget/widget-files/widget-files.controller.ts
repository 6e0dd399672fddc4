import { Inject, NotFoundException, Param, Req, Res } from '@nestjs/common';
import type { OutgoingHttpHeaders } from 'node:http';
import { beginAnswer, type HttpResponse } from '../../file-links/http-response.js';
import { WidgetFile } from './widget-file.js';
import { WidgetFiles } from './widget-files.js';

/** How long browsers use the script of a fixed name without asking whether it is still the same. */
const FRESH = 'public, max-age=300, stale-while-revalidate=86400';
const IMMUTABLE = 'public, max-age=31536000, immutable';

interface FileRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Serves the files of the widget to everybody, also to pages of other origins. */
export abstract class WidgetFilesController {
  readonly #files: WidgetFiles;

  constructor(@Inject(WidgetFiles) files: WidgetFiles) {
    this.#files = files;
  }

  latest(@Req() request: FileRequest, @Res() response: HttpResponse): void {
    send(this.#files.script(), FRESH, request, response);
  }

  versioned(
    @Param('hash') hash: string,
    @Req() request: FileRequest,
    @Res() response: HttpResponse,
  ): void {
    const script = this.#files.script();
    if (hash !== script.hash) throw new NotFoundException('There is no such version of the widget');
    send(script, IMMUTABLE, request, response);
  }

  words(
    @Param('language') language: string,
    @Req() request: FileRequest,
    @Res() response: HttpResponse,
  ): void {
    const words = this.#files.words(language);
    if (!words) throw new NotFoundException('The widget does not speak this language');
    send(words, FRESH, request, response);
  }
}

function send(
  file: WidgetFile,
  cacheControl: string,
  { method, headers }: FileRequest,
  response: HttpResponse,
): void {
  const isGzipped = acceptsGzip(headers['accept-encoding']);
  const entityTag = isGzipped ? `"${file.hash}-gzip"` : `"${file.hash}"`;
  const caching = { 'Cache-Control': cacheControl, ETag: entityTag, Vary: 'Accept-Encoding' };
  if (isKnown(file.hash, headers['if-none-match'])) {
    beginAnswer(response, 304, caching).end();
    return;
  }
  const body = isGzipped ? file.gzipped : file.content;
  const content: OutgoingHttpHeaders = {
    'Content-Type': file.contentType,
    'Content-Length': body.length,
    'X-Content-Type-Options': 'nosniff',
    // A page of another origin that is isolated, or that checks the hash, may load it.
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Access-Control-Allow-Origin': '*',
    ...(isGzipped && { 'Content-Encoding': 'gzip' }),
  };
  const raw = beginAnswer(response, 200, { ...caching, ...content });
  raw.end(method === 'HEAD' ? undefined : body);
}

/** Whether the header names gzip, or anything, and does not refuse it. */
function acceptsGzip(header: unknown): boolean {
  if (typeof header !== 'string') return false;
  return header
    .split(',')
    .some((coding) => /^\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*$)[\d.]+\s*)?$/i.test(coding));
}

function isKnown(hash: string, header: unknown): boolean {
  if (typeof header !== 'string') return false;
  return header
    .split(',')
    .some((tag) => /^(?:W\/)?"(\w+)(?:-gzip)?"$/.exec(tag.trim())?.[1] === hash);
}
