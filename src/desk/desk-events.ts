import { Injectable } from '@nestjs/common';
import { Subject } from 'rxjs';
import { SafeLogger } from '../common/safe-logger.js';
import type { DeadLetter } from '../dead-letters/dead-letter.interface.js';
import { ErrorDescriber } from '../errors/index.js';

/** What happens at a desk, by name. */
export interface DeskEventMap {
  /** A notice or a reply was given up. */
  readonly deadLetter: DeadLetter;
}

/**
 * Lets the parts of a desk know what happens there, without knowing each other. Listeners are called at
 * once and in the order in which they came; one that fails is logged, and stops nothing.
 *
 * @example
 * events.on('deadLetter', ({ direction }) => this.counter.inc({ direction }));
 */
@Injectable()
export class DeskEvents {
  readonly #logger: SafeLogger;
  readonly #subjects: { readonly [K in keyof DeskEventMap]: Subject<DeskEventMap[K]> } = {
    deadLetter: new Subject(),
  };

  constructor(errors?: ErrorDescriber) {
    this.#logger = new SafeLogger(DeskEvents.name, errors);
  }

  emit<K extends keyof DeskEventMap>(name: K, event: DeskEventMap[K]): void {
    this.#subjects[name].next(event);
  }

  on<K extends keyof DeskEventMap>(name: K, listener: (event: DeskEventMap[K]) => void): void {
    this.#subjects[name].subscribe((event) => {
      try {
        listener(event);
      } catch (error) {
        this.#logger.errorWithStack(`A listener of the event ${name} failed`, error);
      }
    });
  }
}
