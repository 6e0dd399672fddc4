/** How {@link ThreadCards.refresh} goes about it. */
export interface CardRefresh {
  /** Whether the app is asked first what it says of the thread. */
  readonly isAsking?: boolean | undefined;
  /** Whether what it was asked before this is waited for, if this process knows of it. */
  readonly isGoingOn?: boolean | undefined;
  /** Whether the card is changed also when it seems to show all that: its buttons were changed. */
  readonly isForced?: boolean | undefined;
}

/** Shows on the card of a thread, its first notice, how the thread stands. */
export abstract class ThreadCards {
  /**
   * Has the card show the record of the thread as it is then, some time later. Changes that follow each other are shown
   * by one edit.
   *
   * @throws When that could not be stored.
   */
  abstract refresh(threadId: string, options?: CardRefresh): Promise<void>;
}
