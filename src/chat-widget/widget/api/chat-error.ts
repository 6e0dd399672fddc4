/** Why a request failed, in the words of the module or of the browser. */
export type ErrorCode =
  | 'unauthenticated'
  | 'forbidden_origin'
  | 'not_found'
  | 'gone'
  | 'invalid'
  | 'too_large'
  | 'unsupported_type'
  | 'too_many'
  | 'unavailable'
  | 'offline';

const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  401: 'unauthenticated',
  403: 'forbidden_origin',
  404: 'not_found',
  410: 'gone',
  413: 'too_large',
  415: 'unsupported_type',
  429: 'too_many',
};

/** What goes away by itself, so that the same request may be sent again. */
const TEMPORARY: ReadonlySet<ErrorCode> = new Set(['too_many', 'unavailable', 'offline']);

export class ChatError extends Error {
  override readonly name = 'ChatError';

  constructor(
    readonly code: ErrorCode,
    /** How long the server wants no repeat. */
    readonly retryAfterMs?: number,
  ) {
    super(code);
  }

  get isTemporary(): boolean {
    return TEMPORARY.has(this.code);
  }

  /** Whether what was asked for is no more, or is somebody else's. */
  get isGone(): boolean {
    return this.code === 'not_found' || this.code === 'gone';
  }

  /** @param retryAfter The header, in seconds; a date is read, too. */
  static ofStatus(status: number, retryAfter: string | null = null): ChatError {
    const code = BY_STATUS[status] ?? (status >= 500 ? 'unavailable' : 'invalid');
    return new ChatError(code, parseRetryAfter(retryAfter, Date.now()));
  }

  /** Why something fails; nothing when it does not. */
  static from(work: Promise<unknown>): Promise<ChatError | undefined> {
    return work.then(
      () => undefined,
      (error: unknown) => ChatError.of(error),
    );
  }

  /** What a rejected `fetch` means: there is no way to the server. */
  static of(error: unknown): ChatError {
    return error instanceof ChatError ? error : new ChatError('offline');
  }
}

/** The value of `Retry-After` in milliseconds. */
export function parseRetryAfter(value: string | null, now: number): number | undefined {
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
