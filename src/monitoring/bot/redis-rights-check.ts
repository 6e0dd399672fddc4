import { Inject, Injectable } from '@nestjs/common';
import { wordsOfRedisProblem } from '../../redis/redis-problem.js';
import { RedisReadiness } from '../../redis/redis-readiness.js';
import { failed, passed, skipped } from '../check-outcome.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

/** Whether Redis allows everything that the desks of the bot need. */
@Injectable()
export class RedisRightsCheck implements DiagnosticCheck {
  readonly id = 'redis-rights';
  readonly needs = ['redis'];

  constructor(@Inject(RedisReadiness) private readonly readiness: RedisReadiness | null) {}

  async run(): Promise<CheckOutcome> {
    if (!this.readiness) return skipped('Needed with the option redis only');
    const problem = await this.readiness.probe();
    if (!problem) return passed('Redis allows everything that the desk needs');
    return failed(wordsOfRedisProblem(problem));
  }
}
