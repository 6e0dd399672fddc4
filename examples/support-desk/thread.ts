/** One entry of a conversation. */
export interface ThreadEntry {
  readonly author: string;
  readonly text: string;
  readonly sentAt: Date;
}

/** A conversation between a customer and the desk, as this app keeps it. */
export interface Thread {
  readonly id: string;
  readonly subject: string;
  readonly customer: string;
  readonly entries: ThreadEntry[];
}
