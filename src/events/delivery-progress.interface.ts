/** How often a handler has failed on an event. */
export interface HandlerFailures {
  readonly times: number;
  /** What the last failure said, as it may be shown. */
  readonly reason: string;
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
