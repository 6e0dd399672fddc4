import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** The part of a reply of Fastify that is used here: the package need not be installed. */
interface FastifyReply {
  readonly raw: ServerResponse;
  hijack(): unknown;
  getHeaders(): OutgoingHttpHeaders;
}

/** What Nest injects with `@Res()`: on Express the response of Node. */
export type HttpResponse = ServerResponse | FastifyReply;

/** The response of Node itself. */
export function rawOf(response: HttpResponse): ServerResponse {
  return 'raw' in response ? response.raw : response;
}

/**
 * Begins an answer, which the caller has to end. It keeps the headers that middleware, plugins and hooks have set. With
 * Fastify no later hook changes it: one that compresses it, for example, would break ranges.
 */
export function beginAnswer(
  response: HttpResponse,
  status: number,
  headers: OutgoingHttpHeaders,
): ServerResponse {
  const raw = rawOf(response);
  const present = 'raw' in response ? response.getHeaders() : {};
  if ('raw' in response) response.hijack();
  raw.statusCode = status;
  for (const [name, value] of Object.entries({ ...present, ...lowerCased(headers) })) {
    if (value !== undefined) raw.setHeader(name, value);
  }
  return raw;
}

function lowerCased(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
