import type { AxiosResponse } from 'axios';
import { BotApiError, BotApiRateLimitError, BotApiTransportError } from '../errors/index.js';
import type { Redactor } from '../secrets/redactor.js';
import type { BotApiEnvelope } from './bot-api-envelope.js';
import { failureOfAnswer } from './transport-failure.js';

/** The error of an answer in which Telegram refuses a call. */
export function refusalError(
  method: string,
  { error_code: errorCode, description, parameters }: BotApiEnvelope<unknown> & { ok: false },
  redactor: Redactor,
): BotApiError {
  const failure = { errorCode, description: redactor.redact(description), parameters };
  return errorCode === 429
    ? new BotApiRateLimitError(method, failure)
    : new BotApiError(method, failure);
}

/** The error for an answer that is not Telegram's, such as a proxy's page, which may be a 429 as well. */
export function foreignAnswerError(
  method: string,
  { status, headers }: AxiosResponse<string>,
  mayHaveBeenSent: boolean | undefined,
): BotApiError {
  const failure = failureOfAnswer(status, mayHaveBeenSent);
  if (status !== 429) return new BotApiTransportError(method, failure);
  const parameters = { retry_after: Number(headers['retry-after']) };
  return new BotApiRateLimitError(method, {
    errorCode: 429,
    description: failure.reason,
    parameters,
  });
}
