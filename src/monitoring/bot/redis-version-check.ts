import { Inject, Injectable } from '@nestjs/common';
import { RedisConnection } from '../../redis/redis-connection.js';
import { failed, passed, skipped } from '../check-outcome.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';
import { redisInfo } from './redis-info.js';

/** The oldest Redis that has all commands: GETEX came with it, and BullMQ recommends it. */
const OLDEST = [6, 2] as const;

/** Whether this Redis is new enough. */
@Injectable()
export class RedisVersionCheck implements DiagnosticCheck {
  readonly id = 'redis-version';
  readonly needs = ['redis'];

  constructor(@Inject(RedisConnection) private readonly redis: RedisConnection | null) {}

  async run(): Promise<CheckOutcome> {
    if (!this.redis) return skipped('Needed with the option redis only');
    const info = await redisInfo(this.redis, 'server');
    const [, major, minor, patch] = /^redis_version:(\d+)\.(\d+)(\.\d+)?/m.exec(info ?? '') ?? [];
    if (!major || !minor) return skipped('Redis does not say which version it is');
    const version = `${major}.${minor}${patch ?? ''}`;
    const isOld =
      Number(major) < OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) < OLDEST[1]);
    if (!isOld) return passed(`Redis has the version ${version}`);
    return failed({
      finding: `Redis has the version ${version}, which lacks commands that the desk uses`,
      why: 'Nothing is accepted or processed',
      remedy: `Use Redis ${OLDEST.join('.')} or newer, or Valkey`,
    });
  }
}
