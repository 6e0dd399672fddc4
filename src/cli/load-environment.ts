import { loadEnvFile } from 'node:process';
import { CommandError } from './command.error.js';

/** The file that apps read their environment from. */
export const DEFAULT_ENV_FILE = '.env';

/**
 * Adds the variables of a file to the environment, where they are not set.
 *
 * @param file The `.env` of the working directory unless given, which need not exist.
 * @throws {@link CommandError} When the file cannot be read.
 */
export function loadEnvironment(file?: string): void {
  try {
    loadEnvFile(file ?? DEFAULT_ENV_FILE);
  } catch (error) {
    const code = String(Object(error).code);
    if (file === undefined && code === 'ENOENT') return;
    throw new CommandError(`${file ?? DEFAULT_ENV_FILE} cannot be read (${code})`, {
      cause: error,
    });
  }
}
