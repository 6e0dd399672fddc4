import type { IncomingMessage } from 'node:http';
import { BadRequestException } from '@nestjs/common';

/** Far more changes than a thread ever has. */
const CURSOR = /^\d{1,15}$/;

/**
 * Where a stream begins: after the change that the header `Last-Event-ID` names, else the query `after`, else at the
 * beginning of the thread. Browsers repeat the first query when they come back, so the header wins.
 *
 * @throws {BadRequestException} When it is no number.
 */
export function streamCursorOf({
  headers,
  url = '',
}: Pick<IncomingMessage, 'headers' | 'url'>): number {
  const [, query] = url.split('?', 2);
  const cursor = headers['last-event-id'] || new URLSearchParams(query).get('after') || '0';
  if (typeof cursor === 'string' && CURSOR.test(cursor)) return Number(cursor);
  throw new BadRequestException({
    error: 'invalid',
    message: 'after and Last-Event-ID are the number of a change, as in after=12',
  });
}
