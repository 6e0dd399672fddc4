import { HttpException } from '@nestjs/common';

/** The status of each code, which is stable across releases. */
const STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden_origin: 403,
  forbidden: 403,
  not_found: 404,
  gone: 410,
  too_large: 413,
  unsupported_type: 415,
  too_many: 429,
  unavailable: 503,
} as const;

/** Why a request of the chat was refused. */
export type ChatErrorCode = keyof typeof STATUS;

export function isChatErrorCode(value: unknown): value is ChatErrorCode {
  return typeof value === 'string' && Object.hasOwn(STATUS, value);
}

/** What the routes of the chat answer when they refuse a request. */
export interface ChatErrorBody {
  readonly error: ChatErrorCode;
  /** In words, for developers. */
  readonly message: string;
  readonly retryAfterSeconds?: number;
}

/** A request of the chat that is refused: an exception of Nest with the body that its routes answer. */
export class ChatHttpError extends HttpException {
  readonly code: ChatErrorCode;
  /** When it may work; also the header `Retry-After`. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ChatErrorCode,
    message: string,
    { retryAfterSeconds }: { readonly retryAfterSeconds?: number } = {},
  ) {
    const body: ChatErrorBody = {
      error: code,
      message,
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    };
    super({ ...body }, STATUS[code]);
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
