import type { ApiResponse } from '@grammyjs/types';

/** A call of the Bot API as the wire saw it; the token is nowhere in it. */
export interface BotApiCall {
  /** As the client spelled it. */
  readonly method: string;
  /** As the client wrote them: of JSON the values, of other encodings texts. */
  readonly params: Readonly<Record<string, unknown>>;
  /** The names of the files that came with it, by the names of their parts. */
  readonly files: Readonly<Record<string, string>>;
  /** The `Content-Type` of the request; empty without one. */
  readonly contentType: string;
  /** The bot whose token it came with; null when no bot has this token. */
  readonly botId: number | null;
  /** Whether it was the answer of a webhook; nobody gets the result then. */
  readonly isWebhookReply: boolean;
  /** The HTTP status; null while or if there is no answer. */
  readonly status: number | null;
  /** The answer; null while there is none, or when it is not the Bot API's. */
  readonly response: ApiResponse<unknown> | null;
  /** What in it the Bot API does not know, a sentence each. */
  readonly problems: readonly string[];
  /** When it came, in milliseconds since the Unix epoch by the emulator's clock. */
  readonly at: number;
}

/** A call while it is answered. */
export type RecordedCall = { -readonly [Field in keyof BotApiCall]: BotApiCall[Field] };
