import { describe, expect, it } from 'vitest';
import { RedisRefusal } from './redis-refusal.js';

describe('RedisRefusal', () => {
  it.each([
    ["READONLY You can't write against a read only replica.", 'READONLY'],
    [
      "READONLY You can't write against a read only replica. script: 4f5a, on @user_script:7.",
      'READONLY',
    ],
    [
      "ERR Error running script (call to f_4f5a0c): @user_script:7: @user_script: 7: -READONLY You can't write against a read only replica.",
      'READONLY',
    ],
    ['LOADING Redis is loading the dataset in memory', 'LOADING'],
    [
      "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
      'MASTERDOWN',
    ],
    ['NOREPLICAS Not enough good replicas to write.', 'NOREPLICAS'],
    ['NOAUTH Authentication required.', 'NOAUTH'],
    ['Ready check failed: NOAUTH Authentication required.', 'NOAUTH'],
    ['WRONGPASS invalid username-password pair or user is disabled.', 'WRONGPASS'],
    [
      'UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)',
      'UNBLOCKED',
    ],
    ['CLUSTERDOWN The cluster is down', 'CLUSTERDOWN'],
  ])('knows what another connection may mend: %s', (message, word) => {
    expect(RedisRefusal.of(new Error(message))).toMatchObject({ word });
  });

  it.each([
    'NOSCRIPT No matching script. Please use EVAL.',
    "NOPERM User app has no permissions to run the 'info' command",
    "OOM command not allowed when used memory > 'maxmemory'.",
    "ERR unknown command 'READONLY', with args beginning with: '-READONLY You' ",
    'WRONGTYPE Operation against a key holding the wrong kind of value',
    'READONLYISH nothing that Redis says',
    'connect ECONNREFUSED 127.0.0.1:6379',
  ])('leaves alone what it cannot: %s', (message) => {
    expect(RedisRefusal.of(new Error(message))).toBeUndefined();
  });
});
