/** Holds a customer back who sends too much, in all processes together. */
export abstract class CustomerRateLimit {
  /**
   * Counts something that a customer sends.
   *
   * @param kind What is counted apart from all else.
   * @param id Of what is sent: the same again within the window is not counted again.
   * @throws {@link ChatHttpError} `too_many`, with the time after which there is room again.
   * @throws When the store does not answer.
   */
  abstract take(customerId: string, kind?: 'message' | 'upload', id?: string): Promise<void>;
}
