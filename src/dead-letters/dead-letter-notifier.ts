import type { DecoratedMethod } from '../discovery/decorated-method.interface.js';
import type { ErrorDescriber } from '../errors/index.js';
import { SafeLogger } from '../common/safe-logger.js';
import type { DeadLetter } from './dead-letter.interface.js';

/** Tells the app of what is given up. */
export class DeadLetterNotifier {
  readonly #logger: SafeLogger;
  readonly #listeners: ReadonlyArray<DecoratedMethod<DeadLetter>>;

  constructor(listeners: ReadonlyArray<DecoratedMethod<DeadLetter>>, errors?: ErrorDescriber) {
    this.#logger = new SafeLogger(DeadLetterNotifier.name, errors);
    this.#listeners = listeners;
  }

  /** Calls all listeners; never rejects, and waits for none: a slow one holds no lane. */
  notify(letter: DeadLetter): void {
    for (const { name, handle } of this.#listeners) {
      handle(letter).catch((error: unknown) => {
        this.#logger.errorWithStack(`${name} failed on a dead letter`, error);
      });
    }
  }
}
