import type { ResponseParameters } from '@grammyjs/types';

/** The JSON object that every answer of the Bot API is. */
export type BotApiEnvelope<T> =
  | { readonly ok: true; readonly result: T }
  | {
      readonly ok: false;
      readonly error_code: number;
      readonly description: string;
      readonly parameters?: ResponseParameters;
    };

/** Reads the body of an answer; null when it is not Telegram's, such as a proxy's error page. */
// The one place where Telegram is trusted: what a method returns is known from its documentation.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export function parseEnvelope<T>(body: string): BotApiEnvelope<T> | null {
  try {
    const value: unknown = JSON.parse(body);
    return isEnvelope<T>(value) ? value : null;
  } catch {
    return null;
  }
}

function isEnvelope<T>(value: unknown): value is BotApiEnvelope<T> {
  if (typeof value !== 'object' || value === null || !('ok' in value)) return false;
  if (value.ok === true) return 'result' in value;
  return (
    value.ok === false &&
    'error_code' in value &&
    typeof value.error_code === 'number' &&
    'description' in value &&
    typeof value.description === 'string'
  );
}
