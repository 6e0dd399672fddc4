import { Inject, Injectable } from '@nestjs/common';
import { RedisConnection } from '../../redis/redis-connection.js';
import { passed, skipped, warned } from '../check-outcome.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';
import { redisInfo } from './redis-info.js';

/** Whether Redis may drop keys to free memory. */
@Injectable()
export class RedisEvictionCheck implements DiagnosticCheck {
  readonly id = 'redis-eviction';
  readonly needs = ['redis'];

  constructor(@Inject(RedisConnection) private readonly redis: RedisConnection | null) {}

  async run(): Promise<CheckOutcome> {
    if (!this.redis) return skipped('Needed with the option redis only');
    const info = await redisInfo(this.redis, 'memory');
    const policy = info && /^maxmemory_policy:([\w-]+)/m.exec(info)?.[1];
    if (!policy) return skipped('Redis does not say what it does when its memory is full');
    if (policy === 'noeviction') return passed('Redis drops no keys when its memory is full');
    if (/^maxmemory:0\b/m.test(info)) {
      return passed(
        `The memory of Redis has no limit, so that its maxmemory-policy, ${policy}, does nothing`,
      );
    }
    return warned({
      finding: `The maxmemory-policy of Redis is ${policy}`,
      why: 'When its memory is full, Redis drops keys: notices and replies that wait, or the mappings of messages to threads',
      remedy: 'Set maxmemory-policy noeviction in the configuration of Redis',
    });
  }
}
