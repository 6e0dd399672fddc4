import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a server serves beside the Bot API, to people instead of bots. */
export interface Site {
  /** Whether a request is for it. */
  has(request: IncomingMessage): boolean;
  /** Answers a request. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Called when the server has gone offline or online for bots. */
  changed(): void;
}
