/** A right that one process of a bot's has at a time, such as the right to ask Telegram for updates. */
export abstract class Lease {
  /**
   * Takes the right, or keeps it, for as long as it lives from now on; false when another process has it.
   *
   * @throws When nobody can tell who has it.
   */
  abstract acquire(): Promise<boolean>;

  /** Gives the right back, if this process has it; without it, others have it when it has lived out. */
  abstract release(): Promise<void>;
}
