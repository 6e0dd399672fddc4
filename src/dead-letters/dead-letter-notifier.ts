import { Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { SafeLogger } from '../common/safe-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { DeskEvents } from '../desk/desk-events.js';
import { DecoratedMethodExplorer } from '../discovery/decorated-method-explorer.js';
import { LoadedMethods } from '../discovery/loaded-methods.js';
import { ErrorDescriber } from '../errors/index.js';
import type { DeadLetter } from './dead-letter.interface.js';
import { ON_DEAD_LETTER, type OnDeadLetterOptions } from './on-dead-letter.decorator.js';

/** Calls the app's `@OnDeadLetter()` methods with each dead letter of the desk. */
@Injectable()
export class DeadLetterNotifier {
  readonly #logger: SafeLogger;
  readonly #methods: LoadedMethods<DeadLetter, OnDeadLetterOptions>;

  constructor(
    private readonly events: DeskEvents,
    explorer: DecoratedMethodExplorer,
    modules: ModulesContainer,
    private readonly settings: TelegramSettings,
    errors?: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(DeadLetterNotifier.name, errors);
    this.#methods = new LoadedMethods(explorer, modules, ON_DEAD_LETTER);
  }

  /** Waits for none of the methods, so that a slow one holds up no thread. */
  start(): void {
    // So that the log says at boot which methods are not called.
    this.#methods.all();
    this.events.on('deadLetter', (letter) => {
      for (const { name, handle } of this.#methods.ofDesk(this.settings)) {
        handle(letter).catch((error: unknown) => {
          this.#logger.errorWithStack(`${name} failed on a dead letter`, error);
        });
      }
    });
  }
}
