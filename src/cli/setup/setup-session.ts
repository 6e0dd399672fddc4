import type { Questions } from '../terminal/questions.js';
import type { TextOutput } from '../terminal/text-output.js';
import type { SetupChanges } from './setup-changes.js';
import type { SetupOptions } from './setup.options.js';

/** What every step of the setup uses. */
export interface SetupSession {
  readonly options: SetupOptions;
  readonly output: TextOutput;
  readonly questions: Questions;
  readonly changes: SetupChanges;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}
