import { Inject, Injectable } from '@nestjs/common';
import { SafeLogger } from '../common/safe-logger.js';
import { ErrorDescriber } from '../errors/index.js';
import { RedisEvictionCheck } from './bot/redis-eviction-check.js';
import { RedisPersistenceCheck } from './bot/redis-persistence-check.js';
import { RedisVersionCheck } from './bot/redis-version-check.js';
import { RedisReadiness } from '../redis/redis-readiness.js';
import { SetupLog } from './setup-log.js';

/** Logs what is wrong with the Redis of a bot that starts, where Redis itself denies nothing. */
@Injectable()
export class RedisSetupCheck {
  readonly #logger: SafeLogger;

  constructor(
    @Inject(RedisReadiness) private readonly readiness: RedisReadiness | null,
    private readonly version: RedisVersionCheck,
    private readonly eviction: RedisEvictionCheck,
    private readonly persistence: RedisPersistenceCheck,
    private readonly log: SetupLog,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(RedisSetupCheck.name, errors);
  }

  /** Waits until Redis can be used: that it cannot is in the log. Never rejects; never settles when Redis never can. */
  async run(): Promise<void> {
    if (!this.readiness) return;
    await this.readiness.whenUsable();
    try {
      for (const check of [this.version, this.eviction, this.persistence]) {
        this.log.report(check, await check.run());
      }
    } catch (error) {
      this.#logger.debug(
        `The setup of Redis was not checked: ${this.#logger.describe(error)}. diagnose() checks it`,
      );
    }
  }
}
