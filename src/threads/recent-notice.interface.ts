/** A message of the desk in a private chat. */
export interface RecentNotice {
  readonly threadId: string;
  readonly messageId: number;
  /** In seconds since the Unix epoch, by Telegram's clock. */
  readonly date: number;
}

/** How many are kept: more than can be posted within the minute in which they are looked at. */
export const MOST_RECENT_NOTICES = 100;
