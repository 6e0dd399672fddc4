import type { NotifyResult } from '../../outbound/notify-result.js';
import { ChatHttpError } from '../chat-http.error.js';

/** When to try again what the store of the desk has not taken. */
export const RETRY_AFTER_SECONDS = 5;

/** @throws {@link ChatHttpError} When the desk has not taken a message, which is then to be sent again. */
export function requireAccepted(result: NotifyResult): void {
  if (result.accepted) return;
  throw new ChatHttpError('unavailable', 'Not delivered yet: send it again', {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}
