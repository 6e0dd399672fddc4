import { Cluster, Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { redisPasswordsOf } from './redis-passwords.js';

describe('redisPasswordsOf', () => {
  it.each([
    [undefined, []],
    ['redis://127.0.0.1', []],
    ['redis://:secret@127.0.0.1/0', ['secret']],
    ['redis://app:secret@127.0.0.1', ['secret']],
    ['rediss://app:s%40cret@127.0.0.1', ['s%40cret', 's@cret']],
    ['redis://app:s@c/r#t@127.0.0.1', ['s@c/r#t']],
    ['redis://127.0.0.1?password=secret', ['secret']],
    [{ host: '127.0.0.1' }, []],
    [{ password: 'one', sentinelPassword: 'two' }, ['one', 'two']],
  ])('finds in %j', (option, passwords) => {
    expect(redisPasswordsOf(option)).toEqual(passwords);
  });

  it("finds those of a client of the app's own", () => {
    const client = new Redis({ lazyConnect: true, password: 'one' });
    expect(redisPasswordsOf(client)).toEqual(['one']);
    const node = { host: '127.0.0.1', password: 'two' };
    const cluster = new Cluster([node, 'redis://:three@h'], {
      lazyConnect: true,
      redisOptions: { password: 'one' },
    });
    expect(redisPasswordsOf(cluster).toSorted()).toEqual(['one', 'three', 'two']);
    client.disconnect();
    cluster.disconnect();
  });
});
