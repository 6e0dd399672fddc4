/** How often a handler has failed on an event. */
export interface HandlerFailures {
  readonly times: number;
  /** What the last failure said, as it may be shown. */
  readonly reason: string;
  /** Whether its error has said that no further attempt can help. */
  readonly isFinal?: true;
  /**
   * How long the handler still waits for its next attempt while the job is offered to other processes, in milliseconds;
   * not at all when it is absent.
   */
  readonly backoffMs?: number;
}

/** How far the delivery of an event to the app's handlers has come; plain JSON. */
export interface DeliveryProgress {
  /** The handlers that have handled it, in whichever process; they are not called again. */
  readonly handledBy: readonly string[];
  /** The handlers that take no events of this thread. */
  readonly declinedBy: readonly string[];
  /** By handler. Counted from the first attempt on; a dead letter that is retried starts anew. */
  readonly failures: Readonly<Record<string, HandlerFailures>>;
  /** How often a process has left it to others, which have the handlers that are missing. */
  readonly handedOn: number;
}
