import type { PlacedMessage } from '../../threads/placed-message.interface.js';

/** What has failed: a reply of an agent, its edit or its deletion. */
export type FailureCode = 'reply_failed' | 'edit_failed' | 'deletion_failed';

/** What the app could not process, and what has become of it since; plain JSON. */
export interface Failure {
  /** The job that is, or was, the dead letter. */
  readonly jobId: string;
  /** The desk that has its queue. */
  readonly desk: string;
  readonly threadId: string;
  readonly code: FailureCode;
  /** The agent's message, which the note answers. */
  readonly target: PlacedMessage;
  /** As agents read it. */
  readonly reason: string;
  /** How often it has become a dead letter. */
  readonly count: number;
  /** Whether some handler has got it all the same. */
  readonly isBegun: boolean;
  readonly failedAtMs: number;
  /** What has ended it: the app has handled it, or nothing was left to do. */
  readonly end?: 'handled' | 'outdated' | undefined;
}

/** What was done with the dead letter of a failure; plain JSON. */
export interface FailureDecision {
  /** `expired`: it was kept no longer. */
  readonly action: 'retry' | 'discard' | 'expired';
  /** The name of the agent; null for the app. */
  readonly by: string | null;
}

/** How a failure stands. */
export interface KnownFailure {
  readonly failure: Failure;
  /** What was done since it failed the last time; null when nothing was. */
  readonly decision: FailureDecision | null;
}

/** `failed`: its dead letter waits for a decision. */
export type FailureState = 'failed' | 'retried' | 'discarded' | 'expired' | 'handled' | 'outdated';

/** How a failure stands, in a word. */
export function stateOf({ failure, decision }: KnownFailure): FailureState {
  if (failure.end) return failure.end;
  switch (decision?.action) {
    case 'retry':
      return 'retried';
    case 'discard':
      return 'discarded';
    case 'expired':
      return 'expired';
    default:
      return 'failed';
  }
}
