/** The card of a thread has to show how the thread stands then. It waits in a key of its own, so that it delays no message. */
export interface CardSyncedJob {
  readonly v: 1;
  readonly type: 'card.synced';
  readonly threadId: string;
  /** Whether the app is asked first what it says of the thread. */
  readonly isAsking?: boolean | undefined;
  /** Whether what it was asked before this is waited for, if the process knows of it. */
  readonly isGoingOn?: boolean | undefined;
  /** Whether the card is changed also when it seems to show all that: its buttons were changed. */
  readonly isForced?: boolean | undefined;
  /** How long it waits for the rate limit, in milliseconds. */
  readonly waitMs?: number | undefined;
}

/** The card of a thread is changed now, in order with the messages of the thread. */
export interface CardEditedJob {
  readonly v: 1;
  readonly type: 'card.edited';
  readonly threadId: string;
  readonly isForced?: boolean | undefined;
}
