import { ChatHttpError } from '../chat-http.error.js';

/** @param waitMs After which there is room again. */
export function tooMany(waitMs: number): ChatHttpError {
  return new ChatHttpError('too_many', 'Too much in a short time', {
    retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
  });
}
