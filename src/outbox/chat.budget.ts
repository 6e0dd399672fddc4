/** What one chat may be sent in a window. */
export interface BudgetOptions {
  readonly messages: number;
  readonly windowMs: number;
}

/** The leave to send one message. */
export interface SendPermit {
  /**
   * Says that Telegram has answered, or never will. The send counts from here on: Telegram saw it
   * earlier, so a window that has passed since then has passed for Telegram too.
   */
  settle(): Promise<void>;
}

/** A permit, or how long there will be none. */
export type BudgetDecision =
  | { readonly granted: true; readonly permit: SendPermit }
  | { readonly granted: false; readonly waitMs: number };

/** Keeps the desk within what Telegram lets the admin chat receive, so that no 429 is provoked. */
export abstract class ChatBudget {
  /** Asks to send one message. */
  abstract take(): Promise<BudgetDecision>;

  /** Counts a message that was sent without asking. */
  abstract record(): Promise<void>;

  /** Grants nothing for `durationMs`, because Telegram said so. */
  abstract block(durationMs: number): Promise<void>;
}
