import {
  BotApiTransportError,
  errorText,
  type BotApiError,
  type TransportFailure,
} from '../errors/index.js';

/** Error codes of Node after which no request was made, for when nobody has seen whether there was one. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_INVALID_URL',
]);

/** Certificate problems end the connection before anything is sent over it. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|EPROTO/;

/**
 * What is known of a call whose HTTP request failed.
 *
 * @param limit How long it was allowed to take, or that its caller has given it up.
 * @param mayHaveLeft Whether the server may have read some of the request; undefined when nobody has
 * seen it. Then the error decides.
 */
export function failureOfRequest(
  error: unknown,
  limit: number | 'aborted',
  mayHaveLeft?: boolean,
): TransportFailure {
  const code = codeOf(error);
  const maybePerformed = mayHaveLeft ?? !(NEVER_SENT.has(code) || CERTIFICATE.test(code));
  if (code === 'ERR_CANCELED' || code === 'ECONNABORTED') {
    const reason = limit === 'aborted' ? 'given up' : `timed out after ${limit} ms`;
    return { reason, maybePerformed };
  }
  const message = errorText(error);
  return { reason: message.includes(code) ? message : `${message} (${code})`, maybePerformed };
}

/**
 * What is known of a call that was answered by something that is not the Bot API. A redirect or a
 * refusal says that it was not made; a proxy that lost its server, or no longer waits for it, does not.
 *
 * @param mayHaveLeft False when a proxy has answered before there was a way to the server.
 */
export function failureOfAnswer(status: number, mayHaveLeft = true): TransportFailure {
  return {
    reason: `HTTP ${status} with a body that is not the Bot API's`,
    status,
    maybePerformed: mayHaveLeft && (status < 300 || status >= 500),
  };
}

/** Whether Telegram may have carried out a call though it failed. */
export function mayBePerformed(error: BotApiError): boolean {
  return error instanceof BotApiTransportError ? error.maybePerformed : error.errorCode >= 500;
}

function codeOf(error: unknown): string {
  const isCoded = error instanceof Error && 'code' in error && typeof error.code === 'string';
  return isCoded ? String(error.code) : 'UNKNOWN';
}
