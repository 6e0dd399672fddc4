import { Injectable } from '@nestjs/common';
import { KeyOrder } from '../common/key-order.js';
import { withTimeout } from '../common/with-timeout.js';

/** A store that does not answer holds nobody back for longer. */
const LONGEST_CHANGE_MS = 10_000;

/**
 * Has what happens in a thread in this process stand in one order at the desk and in the transcript, however uneven their
 * stores are.
 */
@Injectable()
export class ThreadOrder {
  readonly #order = new KeyOrder();

  /**
   * Begins what a customer does, when what they did before is done.
   *
   * @throws What it throws, and when it takes longer than 10 s.
   */
  change<T>(threadId: string, change: () => Promise<T>): Promise<T> {
    return this.#order.hold(threadId, () => withTimeout(change(), LONGEST_CHANGE_MS));
  }

  /** Begins what an agent does behind what customers are doing: the desk shows a message before the transcript has it. */
  behind<T>(threadId: string, step: () => Promise<T>): Promise<T> {
    return this.#order.run(threadId, step);
  }
}
