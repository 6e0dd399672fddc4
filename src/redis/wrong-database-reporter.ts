import type { Logger } from '@nestjs/common';
import { ErrorDescriber } from '../errors/index.js';

const WRONG_DATABASE = /DB index|SELECT is not allowed/i;

/** Says, once, that the database which the options name does not exist: ioredis goes on in database 0. */
export class WrongDatabaseReporter {
  readonly #logger: Logger;
  readonly #errors: ErrorDescriber;
  #isSaid = false;

  constructor(logger: Logger, errors = new ErrorDescriber()) {
    this.#logger = logger;
    this.#errors = errors;
  }

  /**
   * Whether an error of a client was about its database, and not about Redis being away.
   *
   * @param options Of the client.
   */
  takes(error: Error, options: object): boolean {
    if (!WRONG_DATABASE.test(error.message)) return false;
    if (this.#isSaid) return true;
    this.#isSaid = true;
    const database = 'db' in options ? String(options.db) : '';
    this.#logger.error(
      `Redis has no database ${database} (${this.#errors.describe(error)}), so everything goes to its database 0. Set db in the option redis, or the number behind the host in REDIS_URL, to one that exists: 0 to 15, unless the setting "databases" of the server says otherwise`,
    );
    return true;
  }
}
