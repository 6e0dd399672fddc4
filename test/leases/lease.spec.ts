import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { LEASE_LIFE_MS, LeaderElection } from '../../src/polling/leader-election.js';
import { Lease } from '../../src/storage/lease.js';
import { RedisLease } from '../../src/storage/redis/redis-lease.js';
import { VirtualClock } from '../../src/testing/index.js';
import { RedisServer } from '../support/redis-server.js';

describe('A lease in Redis', () => {
  const clients: Redis[] = [];

  afterEach(() => {
    for (const client of clients.splice(0)) client.disconnect();
  });

  function connect(): Redis {
    const client = new Redis(inject('redisUrl'));
    clients.push(client);
    return client;
  }

  it('is held by one process at a time, however often it claims it', async () => {
    const key = `tg:{${randomUUID()}}:lease`;
    const [one, other] = [
      new RedisLease(connect(), key, 60_000),
      new RedisLease(connect(), key, 60_000),
    ];
    // Whose connection is ready first is anybody's guess.
    const claims = await Promise.all([
      one.acquire(),
      other.acquire(),
      one.acquire(),
      other.acquire(),
    ]);
    expect([
      [true, false, true, false],
      [false, true, false, true],
    ]).toContainEqual(claims);
  });

  it('passes on when it is released, by its holder alone', async () => {
    const key = `tg:{${randomUUID()}}:lease`;
    const [one, other] = [
      new RedisLease(connect(), key, 60_000),
      new RedisLease(connect(), key, 60_000),
    ];
    await one.acquire();
    await other.release();
    expect(await other.acquire()).toBe(false);
    await one.release();
    expect(await other.acquire()).toBe(true);
  });

  it('passes on when it has lived out, which a claim puts off', async () => {
    const client = connect();
    const key = `tg:{${randomUUID()}}:lease`;
    const [one, other] = [new RedisLease(client, key, 60_000), new RedisLease(client, key, 60_000)];
    await one.acquire();
    await client.pexpire(key, 1_000);
    await one.acquire();
    expect(await client.pttl(key)).toBeGreaterThan(50_000);
    await client.pexpire(key, 1);
    await expect.poll(() => other.acquire(), { timeout: 20_000 }).toBe(true);
    expect(await one.acquire()).toBe(false);
  });

  it('says so when Redis does not answer', async () => {
    const server = await RedisServer.start();
    const client = new Redis(server.url, { maxRetriesPerRequest: 1, commandTimeout: 200 });
    client.on('error', () => undefined);
    clients.push(client);
    await server.stop();
    const lease = new RedisLease(client, 'tg:{away}:lease', 60_000);
    await expect(lease.acquire()).rejects.toBeInstanceOf(Error);
    await expect(lease.release()).rejects.toBeInstanceOf(Error);
  });

  it('is not held by a claim whose answer came too late to be read before the end of its life', async () => {
    const key = `tg:{${randomUUID()}}:lease`;
    const client = connect();
    await client.ping();
    const lease = new RedisLease(client, key, 3_000);
    await lease.acquire();
    const claim = lease.acquire();
    // What a process does that is stopped: it reads nothing.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3_500);
    expect(await claim).toBe(true);
    expect(await client.pttl(key)).toBeGreaterThan(0);
  });
});

describe('LeaderElection', () => {
  /** A lease that the test grants and refuses. */
  class GivenLease extends Lease {
    answer: boolean | Error = true;
    claims = 0;

    acquire(): Promise<boolean> {
      this.claims += 1;
      return this.answer instanceof Error
        ? Promise.reject(this.answer)
        : Promise.resolve(this.answer);
    }

    release(): Promise<void> {
      return Promise.resolve();
    }
  }

  const INTERVAL_MS = 3_000;

  async function hold(answer: boolean | Error) {
    const clock = new VirtualClock();
    const lease = new GivenLease();
    lease.answer = answer;
    const holder = new LeaderElection(lease, clock);
    const terms: AbortSignal[] = [];
    holder.start((lost) => terms.push(lost));
    const claimsAre = async (count: number) => {
      await expect
        .poll(() => [lease.claims, clock.pending], { timeout: 20_000 })
        .toEqual([count, 1]);
    };
    await claimsAre(1);
    const pass = async () => {
      const next = lease.claims + 1;
      clock.advance(INTERVAL_MS);
      await claimsAre(next);
    };
    return { clock, lease, holder, terms, pass };
  }

  it('becomes the leader once when the lease is granted, and stays it', async () => {
    const { lease, holder, terms, pass } = await hold(false);
    expect(holder.isLeader).toBe(false);
    lease.answer = true;
    await pass();
    await pass();
    expect(terms).toHaveLength(1);
    expect(holder.isLeader).toBe(true);
    expect(terms[0]?.aborted).toBe(false);
  });

  it('aborts its term when another process holds the lease, and begins a new one after that', async () => {
    const { lease, holder, terms, pass } = await hold(true);
    lease.answer = false;
    await pass();
    expect(terms[0]?.aborted).toBe(true);
    expect(holder.isLeader).toBe(false);
    lease.answer = true;
    await pass();
    expect(terms.map(({ aborted }) => aborted)).toEqual([true, false]);
  });

  it('stays the leader while Redis does not answer, but resigns before the lease can expire', async () => {
    const { lease, terms, pass } = await hold(true);
    lease.answer = new Error('away');
    await pass();
    expect(terms[0]?.aborted).toBe(false);
    // The next renewal comes, and may fail after 2 s, before the lease expires.
    expect(2 * INTERVAL_MS + 2_000).toBeLessThan(LEASE_LIFE_MS);
    await pass();
    expect(terms[0]?.aborted).toBe(true);
  });

  it('does not become the leader while Redis does not answer', async () => {
    const { terms, pass } = await hold(new Error('away'));
    await pass();
    expect(terms).toEqual([]);
  });

  it('aborts its term and renews no more when it is stopped', async () => {
    const { clock, holder, terms } = await hold(true);
    holder.stop();
    expect(terms[0]?.aborted).toBe(true);
    expect(clock.pending).toBe(0);
  });
});
