import type { SetupWorld } from './setup-world.js';

/** A setup that is wrong, what a diagnosis says of it, and the very thing that its remedy says. */
export interface WrongSetup {
  readonly what: string;
  readonly id: string;
  readonly status: 'failed' | 'warning';
  /** Further checks that warn of the same cause. */
  readonly also?: readonly string[];
  readonly finding: RegExp;
  readonly remedy: RegExp;
  /** Sets it up, and starts the app. */
  readonly setUp: (world: SetupWorld) => Promise<unknown>;
  /** Does what the remedy says. */
  readonly mend: (world: SetupWorld, remedy: string) => unknown;
}
