import type { Logger } from '@nestjs/common';
import { ErrorDescriber } from '../errors/index.js';

const WRONG_DATABASE = /DB index|SELECT is not allowed/i;

/** Reports once that the configured database does not exist; ioredis then uses database 0. */
export class WrongDatabaseReporter {
  readonly #logger: Logger;
  readonly #errors: ErrorDescriber;
  #isReported = false;

  constructor(logger: Logger, errors = new ErrorDescriber()) {
    this.#logger = logger;
    this.#errors = errors;
  }

  /**
   * Logs an error if it is about the database.
   *
   * @param options Those of the client.
   * @returns False for any other error.
   */
  report(error: Error, options: object): boolean {
    if (!WRONG_DATABASE.test(error.message)) return false;
    if (this.#isReported) return true;
    this.#isReported = true;
    const database = 'db' in options ? String(options.db) : '';
    this.#logger.error(
      `Redis has no database ${database} (${this.#errors.describe(error)}), so database 0 is used instead. Set db in the option redis, or the number behind the host in REDIS_URL, to one that exists: 0 to 15, unless the setting "databases" of the server says otherwise`,
    );
    return true;
  }
}
