import type { TelegramModuleOptions } from '../../../src/index.js';
import type { SetupWorld } from '../wrong-setups/setup-world.js';

/** A setup in which nothing is wrong. */
export interface HealthySetup {
  readonly what: string;
  /** Sets it up, and starts the app. */
  readonly setUp: (world: SetupWorld) => Promise<unknown>;
  /** Checks that have to be skipped in the app, and on the command line. */
  readonly skipped?: { readonly app?: readonly string[]; readonly doctor?: readonly string[] };
  /**
   * What the environment of the command line says beside token, chat and server; null when no variable can say what the
   * setup needs.
   */
  readonly environment: ((world: SetupWorld) => Partial<TelegramModuleOptions>) | null;
}
