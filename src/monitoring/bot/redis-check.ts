import { Inject, Injectable } from '@nestjs/common';
import { withTimeout } from '../../common/with-timeout.js';
import { ErrorDescriber, toError } from '../../errors/index.js';
import { REDIS_TIMEOUT_MS, RedisConnection } from '../../redis/redis-connection.js';
import { isRedisAnswer } from '../../redis/redis-denial.js';
import { RedisRefusal } from '../../redis/redis-refusal.js';
import { failed, passed, skipped } from '../check-outcome.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

/** Whether Redis answers. */
@Injectable()
export class RedisCheck implements DiagnosticCheck {
  readonly id = 'redis';
  readonly needs = ['options'];

  constructor(
    @Inject(RedisConnection) private readonly redis: RedisConnection | null,
    private readonly errors: ErrorDescriber,
  ) {}

  async run(): Promise<CheckOutcome> {
    if (!this.redis) {
      return skipped('Without the option redis, what waits is kept in the memory of this process');
    }
    try {
      await withTimeout(this.redis.client.ping(), REDIS_TIMEOUT_MS);
    } catch (error) {
      const refusal = RedisRefusal.of(toError(error));
      // A user that may not run PING has been answered; the next check says what it may not do.
      if (refusal || !isRedisAnswer(error))
        return this.#failure(this.redis.failure ?? toError(error));
    }
    return passed('Redis answers');
  }

  #failure(error: Error): CheckOutcome {
    const reason = this.errors.describe(error);
    const refusal = RedisRefusal.of(error);
    return failed({
      finding: refusal ? `Redis refuses commands (${reason})` : `Redis does not answer: ${reason}`,
      why: 'Nothing is accepted or processed until it does; then the desk continues by itself',
      remedy:
        refusal?.remedy ??
        'Check that its server is up, and that the option redis (REDIS_URL) leads to it',
    });
  }
}
