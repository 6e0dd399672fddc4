import {
  BotApiTransportError,
  errorText,
  type BotApiError,
  type TransportFailure,
} from '../errors/index.js';

/** Error codes of Node that mean that no request was made, for when the request was not tracked. */
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
 * @param limit How long it was allowed to take, or that its caller has aborted it.
 * @param mayHaveBeenSent Whether the server may have read some of the request; undefined when it was not
 * tracked. Then the error decides.
 */
export function failureOfRequest(
  error: unknown,
  limit: number | 'aborted',
  mayHaveBeenSent?: boolean,
): TransportFailure {
  const code = codeOf(error);
  const maybePerformed = mayHaveBeenSent ?? !(NEVER_SENT.has(code) || CERTIFICATE.test(code));
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
 * @param mayHaveBeenSent False when a proxy has answered before it reached the server.
 */
export function failureOfAnswer(status: number, mayHaveBeenSent = true): TransportFailure {
  return {
    reason: `HTTP ${status} with a body that is not the Bot API's`,
    status,
    maybePerformed: mayHaveBeenSent && (status < 300 || status >= 500),
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
