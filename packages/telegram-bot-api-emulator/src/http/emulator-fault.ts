import type { ResponseParameters } from '@grammyjs/types';

/** What goes wrong with a call. */
export type EmulatorFault =
  | {
      /** Answers with an error, without performing the call. */
      readonly kind: 'error';
      readonly errorCode: number;
      readonly description: string;
      readonly parameters?: ResponseParameters;
    }
  | {
      /** Answers 429 with `retry_after`, in the body and in the header, without performing the call. */
      readonly kind: 'flood';
      readonly retryAfterSeconds: number;
    }
  | {
      /** Answers with the HTML page of a proxy, without performing the call. */
      readonly kind: 'html';
      /** The HTTP status. */
      readonly status: number;
    }
  | {
      /** Never answers, until the emulator stops, and does not perform the call. */
      readonly kind: 'hang';
    }
  | {
      /** Closes the connection without an answer. */
      readonly kind: 'cut';
      /** Whether the call is performed first. */
      readonly perform: boolean;
    }
  | {
      /** Closes the connection after half of the answer. */
      readonly kind: 'truncate';
      /** Whether the call is performed first. */
      readonly perform: boolean;
    }
  | {
      /** Sends the client elsewhere with a 302, without performing the call. */
      readonly kind: 'redirect';
      readonly location: string;
    }
  | {
      /** Performs the call and answers, but later. */
      readonly kind: 'delay';
      /** Milliseconds of the emulator's clock. */
      readonly delayMs: number;
    };
