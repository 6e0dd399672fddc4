import { HttpException, HttpStatus } from '@nestjs/common';

/** How many streams a customer may have in one process: each tab of a browser may have one. */
const MOST_STREAMS = 10;

const RETRY_AFTER_SECONDS = 30;

/** Counts the streams of each customer. */
export class StreamSlots {
  readonly #counts = new Map<string, number>();

  /** @throws {HttpException} When the customer has too many. */
  take(customerId: string): void {
    const count = this.#counts.get(customerId) ?? 0;
    if (count >= MOST_STREAMS) {
      const body = {
        error: 'too_many',
        message: `This customer has ${MOST_STREAMS} streams already: close one of them first`,
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      };
      throw new HttpException(body, HttpStatus.TOO_MANY_REQUESTS);
    }
    this.#counts.set(customerId, count + 1);
  }

  release(customerId: string): void {
    const count = (this.#counts.get(customerId) ?? 0) - 1;
    if (count > 0) this.#counts.set(customerId, count);
    else this.#counts.delete(customerId);
  }
}
