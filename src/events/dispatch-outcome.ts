import type { DeliveryProgress, HandlerFailures } from './delivery-progress.interface.js';

/**
 * What became of an event that was offered to the handlers of this process.
 *
 * - `handled`: every handler of the desk has handled it.
 * - `failed`: only handlers of this process are missing. They have failed, and have attempts left.
 * - `elsewhere`: other processes have handlers that are missing, or it is not known which they have.
 * - `rejected`: no further attempt can help.
 */
export interface DispatchOutcome {
  readonly state: 'handled' | 'failed' | 'elsewhere' | 'rejected';
  /** Why it was rejected or has failed, as it may be shown. */
  readonly reason: string;
  /** Whether {@link reason} is what a handler has thrown. */
  readonly isThrown: boolean;
}

/** Which handlers a desk has for an event. */
export interface KnownHandlers {
  /** The handlers of this process, by name. */
  readonly own: readonly string[];
  /** Those that the processes of the desk have published; null when that is not known. */
  readonly published: readonly string[] | null;
  /** How often each of them is offered an event. */
  readonly attempts: number;
  /** Whether somebody counts on it being handled, as the agent does who has written a reply. */
  readonly isExpected: boolean;
}

/** Whether a handler has used up its attempts. */
export function isGivenUp(failures: HandlerFailures | undefined, attempts: number): boolean {
  return failures !== undefined && (failures.isFinal === true || failures.times >= attempts);
}

/** What became of an event, by the progress of its delivery and the handlers that the desk has. */
export function outcomeOf(
  { handledBy, declinedBy, failures }: DeliveryProgress,
  { own, published, attempts, isExpected }: KnownHandlers,
): DispatchOutcome {
  const known = new Set([...own, ...(published ?? [])]);
  const unhandled = isExpected ? 'rejected' : 'handled';
  if (known.size === 0 && published) {
    const reason = 'the app has no method with @OnThreadReply()';
    return { state: unhandled, reason, isThrown: false };
  }
  const done = new Set([...handledBy, ...declinedBy]);
  const missing = [...known].filter(
    (name) => !done.has(name) && !isGivenUp(failures[name], attempts),
  );
  // A handler that a deployment has removed blocks nothing.
  const failed = Object.keys(failures).filter((name) => known.has(name));
  const reason = failures[failed[0] ?? '']?.reason ?? '';
  const isThrown = failed.length > 0;
  const isOwnMissing = missing.some((name) => own.includes(name));
  const isOtherMissing = missing.some((name) => !own.includes(name));
  // First of all: a handler that fails here holds back none of another process.
  if (isOtherMissing) return { state: 'elsewhere', reason, isThrown };
  if (isOwnMissing) return { state: 'failed', reason, isThrown };
  if (published === null) return { state: 'elsewhere', reason, isThrown };
  if (isThrown) return { state: 'rejected', reason, isThrown };
  if (handledBy.length > 0) return { state: 'handled', reason, isThrown };
  return {
    state: unhandled,
    reason: 'no handler of the app takes replies of this thread',
    isThrown,
  };
}
