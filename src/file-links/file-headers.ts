import type { OutgoingHttpHeaders } from 'node:http';
import { cleanFileName } from '../files/file-name.js';
import { contentDisposition } from './content-disposition.js';
import type { RequestedFile } from './requested-file.js';
import type { CheckedType } from './shown-type.js';

/** The entity tag of a file; undefined when Telegram does not identify it. */
export function entityTagOf(uniqueId: string | undefined): string | undefined {
  return uniqueId !== undefined && /^[\w-]+$/.test(uniqueId) ? `"${uniqueId}"` : undefined;
}

/** Whether an `If-None-Match` header names the file (RFC 9110, 13.1.2). */
export function isKnown(entityTag: string | undefined, header: unknown): boolean {
  if (entityTag === undefined || typeof header !== 'string') return false;
  return header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === entityTag);
}

/** How long a file may be kept, and by whom. `no-transform` keeps middleware from compressing it, which breaks ranges. */
export function cacheHeaders(
  { expiresAt }: Pick<RequestedFile, 'expiresAt'>,
  nowMs: number,
  entityTag: string | undefined,
): OutgoingHttpHeaders {
  const maxAge = Math.max(0, Math.floor((expiresAt.getTime() - nowMs) / 1000));
  return {
    'Cache-Control': `private, max-age=${maxAge}, no-transform`,
    ...(entityTag && { ETag: entityTag }),
  };
}

/**
 * What browsers make of a file: they show it when its bytes show a harmless type, and else save it. Nothing in it
 * runs, and other sites may show it, because the page of the customer can be one.
 */
export function contentHeaders(
  { name }: Pick<RequestedFile, 'name'>,
  { shownAs, extension }: CheckedType,
): OutgoingHttpHeaders {
  const fileName = cleanFileName(name ?? '') || (extension ? `file.${extension}` : 'file');
  return {
    'Content-Type': shownAs ?? 'application/octet-stream',
    'Content-Disposition': contentDisposition(shownAs ? 'inline' : 'attachment', fileName),
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cross-Origin-Resource-Policy': 'cross-origin',
  };
}
