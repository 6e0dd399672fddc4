import { Injectable } from '@nestjs/common';
import { SafeLogger } from '../common/safe-logger.js';
import { DeskEvents } from '../desk/desk-events.js';
import type { DecoratedMethod } from '../discovery/decorated-method.interface.js';
import { ErrorDescriber } from '../errors/index.js';
import type { DeadLetter } from './dead-letter.interface.js';

/** Calls the app's `@OnDeadLetter()` methods with each dead letter of the desk. */
@Injectable()
export class DeadLetterNotifier {
  readonly #logger: SafeLogger;

  constructor(
    private readonly events: DeskEvents,
    errors?: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(DeadLetterNotifier.name, errors);
  }

  /** Waits for none of the methods, so that a slow one holds up no thread. */
  start(methods: ReadonlyArray<DecoratedMethod<DeadLetter>>): void {
    for (const { name, handle } of methods) {
      this.events.on('deadLetter', (letter) => {
        handle(letter).catch((error: unknown) => {
          this.#logger.errorWithStack(`${name} failed on a dead letter`, error);
        });
      });
    }
  }
}
