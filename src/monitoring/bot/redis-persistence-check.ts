import { Inject, Injectable } from '@nestjs/common';
import type { Problem } from '../../common/problem.js';
import { RedisConnection } from '../../redis/redis-connection.js';
import { passed, skipped, warned } from '../check-outcome.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';
import { redisInfo, redisSnapshots } from './redis-info.js';

/** Whether a restart of Redis loses what was accepted. */
@Injectable()
export class RedisPersistenceCheck implements DiagnosticCheck {
  readonly id = 'redis-persistence';
  readonly needs = ['redis'];

  constructor(@Inject(RedisConnection) private readonly redis: RedisConnection | null) {}

  async run(): Promise<CheckOutcome> {
    if (!this.redis) return skipped('Needed with the option redis only');
    const info = await redisInfo(this.redis, 'persistence');
    const hasLog = info && /^aof_enabled:([01])/m.exec(info)?.[1];
    if (!hasLog) return skipped('Redis does not say whether it writes to disk');
    if (hasLog === '1' && info.includes('aof_last_write_status:err')) {
      return warned(notWritten('its append-only file'));
    }
    const hasFailed = info.includes('rdb_last_bgsave_status:err');
    // Not asked for more than is needed: CONFIG GET is a right that the app may lack, and a denial is written into Redis' own log.
    if (hasLog === '1' && !hasFailed) return passed('Redis writes an append-only file');
    const snapshots = await redisSnapshots(this.redis);
    // The failure of a snapshot is remembered when snapshots are turned off.
    if (hasFailed && snapshots !== '') return warned(notWritten('its last snapshot'));
    if (hasLog === '1') return passed('Redis writes an append-only file');
    if (snapshots === undefined) {
      return skipped(
        'Redis writes no append-only file, and does not say whether it writes snapshots',
      );
    }
    if (snapshots !== '') {
      return passed(
        `Redis writes snapshots only (save ${snapshots}): when it crashes, what came since the last one is lost. appendonly yes keeps it`,
      );
    }
    return warned({
      finding: 'Redis writes nothing to disk: neither an append-only file nor snapshots',
      why: 'When Redis restarts, everything that was accepted and waits is lost, and so is which message belongs to which thread',
      remedy: 'Set appendonly yes in the configuration of Redis',
    });
  }
}

function notWritten(file: string): Problem {
  return {
    finding: `Redis could not write ${file}`,
    why: 'When Redis restarts, notices and replies that wait are lost',
    remedy: 'See the log of Redis, and make room on its disk',
  };
}
