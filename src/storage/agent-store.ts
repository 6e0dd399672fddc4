/** What became of a code: whose it was, or that somebody else has used it; null for one that is not known. */
export type CodeUse = { readonly userId: string } | 'used' | null;

/** An agent whom the app knows. */
export interface LinkedAccount {
  readonly telegramId: number;
  readonly userId: string;
}

/**
 * Keeps who of the app's users is which person in Telegram, and who is on duty. One user has one account, and one account
 * one user. Each method throws when the store does not answer within 2 seconds.
 */
export abstract class AgentStore {
  /** Stores the hash of a code that makes somebody this user, once. */
  abstract addCode(hash: string, userId: string, lifeMs: number): Promise<void>;

  /** Uses a code. Of several at once one wins; whoever has won gets the same answer again. */
  abstract useCode(hash: string, telegramId: number): Promise<CodeUse>;

  abstract userOf(telegramId: number): Promise<string | null>;

  abstract linked(): Promise<readonly LinkedAccount[]>;

  /** @returns Whether there was such a user. */
  abstract unlink(userId: string): Promise<boolean>;

  /** @param note What is known of them, as JSON; null when they go off duty. */
  abstract setDuty(desk: string, telegramId: number, note: string | null): Promise<void>;

  /** The notes of those on duty. */
  abstract duty(desk: string): Promise<readonly string[]>;
}
