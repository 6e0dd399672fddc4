import { isAxiosError } from 'axios';
import { toError, type TransportFailure } from '../errors/index.js';

/** Error codes of Node after which the request cannot have reached Telegram. */
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
 */
export function failureOfRequest(error: unknown, limit: number | 'aborted'): TransportFailure {
  const code = isAxiosError(error) ? (error.code ?? 'UNKNOWN') : 'UNKNOWN';
  if (code === 'ERR_CANCELED' || code === 'ECONNABORTED') {
    const reason = limit === 'aborted' ? 'given up' : `timed out after ${limit} ms`;
    return { reason, maybePerformed: true };
  }
  const { message } = toError(error);
  const reason = message.includes(code) ? message : `${message} (${code})`;
  return { reason, maybePerformed: !NEVER_SENT.has(code) && !CERTIFICATE.test(code) };
}

/** What is known of a call that was answered by something that is not the Bot API. */
export function failureOfAnswer(status: number): TransportFailure {
  return {
    reason: `HTTP ${status} with a body that is not the Bot API's`,
    status,
    maybePerformed: status < 300 || status >= 500,
  };
}
