import { beforeEach, describe, expect, it } from 'vitest';
import { setImmediate } from 'node:timers/promises';
import { VirtualClock } from '../time/virtual-clock.js';
import { type UpdatePoll, UpdatePoller } from './update-poller.js';
import { UpdateQueue } from './update-queue.js';

const SETWEBHOOK = 'terminated by setWebhook request';
const OTHER_POLL =
  'terminated by other getUpdates request; make sure that only one bot instance is running';

describe('UpdatePoller', () => {
  let clock: VirtualClock;
  let queue: UpdateQueue;
  let poller: UpdatePoller;

  beforeEach(() => {
    clock = new VirtualClock();
    queue = new UpdateQueue(clock, () => poller.notify());
    poller = new UpdatePoller(clock, queue);
    queue.renumber(100);
  });

  const create = (count: number): void => {
    for (let created = 0; created < count; created++) queue.create('message', {}, 'desk');
  };

  /** The ids of the updates that a poll brings. */
  async function poll(params: Partial<UpdatePoll> = {}): Promise<number[]> {
    const { signal } = new AbortController();
    const whole = { offset: 0, limit: 100, timeoutSeconds: 0, signal, ...params };
    const updates = await poller.poll(whole);
    return updates.map(({ id }) => id);
  }

  const left = (): number[] => queue.list.map(({ id }) => id);

  describe('offset', () => {
    it.each<[number, number[]]>([
      [0, [100, 101, 102, 103, 104]],
      [1, [100, 101, 102, 103, 104]],
      [100, [100, 101, 102, 103, 104]],
      [103, [103, 104]],
      [104, [104]],
      [105, []],
      [115, []],
      [-1, [104]],
      [-2, [103, 104]],
      [-5, [100, 101, 102, 103, 104]],
      [-6, [100, 101, 102, 103, 104]],
      [-2_147_483_647, [100, 101, 102, 103, 104]],
    ])('%i confirms all but %j', async (offset, ids) => {
      create(5);
      expect(await poll({ offset })).toEqual(ids);
      expect(left()).toEqual(ids);
    });

    it('too far in the future is ignored, as that of before the ids went down', async () => {
      create(2);
      expect(await poll({ offset: 113 })).toEqual([100, 101]);
      queue.renumber(50);
      create(1);
      expect(await poll({ offset: 1_000 })).toEqual([50, 100, 101]);
      expect(left()).toEqual([50, 100, 101]);
    });

    it.each([0, 5, -1, -3])('%i finds nothing where nothing is', async (offset) => {
      expect(await poll({ offset })).toEqual([]);
    });

    it('lets what is not confirmed come again', async () => {
      create(3);
      expect(await poll({ limit: 2 })).toEqual([100, 101]);
      expect(await poll({ limit: 2 })).toEqual([100, 101]);
      expect(await poll({ offset: 102, limit: 2 })).toEqual([102]);
    });
  });

  it.each([
    [1, [100]],
    [3, [100, 101, 102]],
    [100, [100, 101, 102, 103]],
  ])('brings no more than %i updates, the oldest first', async (limit, ids) => {
    create(4);
    expect(await poll({ limit })).toEqual(ids);
    expect(left()).toEqual([100, 101, 102, 103]);
  });

  it('brings no updates that have expired, and forgets them', async () => {
    queue.create('callback_query', {}, 'ann');
    queue.create('message', {}, 'desk');
    clock.advance(150_000);
    expect(await poll()).toEqual([101]);
    expect(left()).toEqual([101]);
    clock.advance(86_400_000 - 150_001);
    expect(await poll()).toEqual([101]);
    clock.advance(1);
    expect(await poll({ offset: 1 })).toEqual([]);
    expect(left()).toEqual([]);
  });

  it('brings injected updates without an id once, whatever offset the bot has come to', async () => {
    create(1);
    expect(await poll()).toEqual([100]);
    queue.inject({ message: {} });
    queue.inject('anything');
    expect(await poll({ offset: 101, limit: 1 })).toEqual([-2]);
    expect(await poll({ offset: 101 })).toEqual([-1]);
    expect(await poll({ offset: 102 })).toEqual([]);
  });

  describe('waiting', () => {
    it('ends with what comes', async () => {
      const updates = poll({ timeoutSeconds: 50 });
      expect(clock.pending).toBe(1);
      create(2);
      expect(await updates).toEqual([100]);
      expect(clock.pending).toBe(0);
      expect(left()).toEqual([100, 101]);
    });

    it.each([1, 50])('ends with nothing after %i seconds', async (timeoutSeconds) => {
      const outcome = outcomeOf(poll({ timeoutSeconds }));
      clock.advance(timeoutSeconds * 1_000 - 1);
      expect(await outcome.now()).toBe('waiting');
      clock.advance(1);
      expect(await outcome.now()).toEqual([]);
      expect(clock.pending).toBe(0);
    });

    it('is not needed when something is there', async () => {
      create(1);
      expect(await poll({ timeoutSeconds: 50 })).toEqual([100]);
      expect(clock.pending).toBe(0);
    });

    it('ends when the client goes away, which loses nothing', async () => {
      const client = new AbortController();
      const updates = poll({ timeoutSeconds: 50, signal: client.signal });
      client.abort();
      expect(await updates).toEqual([]);
      expect(clock.pending).toBe(0);
      create(1);
      expect(await poll({ timeoutSeconds: 50 })).toEqual([100]);
    });

    it('is not ended by a client that went away before', async () => {
      const client = new AbortController();
      const first = poll({ timeoutSeconds: 50, signal: client.signal });
      create(1);
      expect(await first).toEqual([100]);
      const second = outcomeOf(poll({ offset: 101, timeoutSeconds: 50 }));
      client.abort();
      expect(await second.now()).toBe('waiting');
      create(1);
      expect(await second.now()).toEqual([101]);
    });

    it('ends with nothing when all is over', async () => {
      const updates = poll({ timeoutSeconds: 50 });
      poller.close();
      expect(await updates).toEqual([]);
      expect(clock.pending).toBe(0);
    });
  });

  describe('the same offset within three seconds', () => {
    it.each([
      [0, 3],
      [1, 3],
      [3, 3],
      [10, 10],
    ])('with a timeout of %i seconds waits %i seconds', async (timeoutSeconds, seconds) => {
      await poll({ offset: 7 });
      clock.advance(2_999);
      const outcome = outcomeOf(poll({ offset: 7, timeoutSeconds }));
      clock.advance(seconds * 1_000 - 1);
      expect(await outcome.now()).toBe('waiting');
      clock.advance(1);
      expect(await outcome.now()).toEqual([]);
    });

    it('waits for nothing when something is there', async () => {
      await poll({ offset: 7 });
      create(1);
      expect(await poll({ offset: 7 })).toEqual([100]);
    });

    it('is counted from the poll before', async () => {
      await poll();
      clock.advance(2_000);
      const second = poll();
      clock.advance(3_000);
      expect(await second).toEqual([]);
      expect(await poll()).toEqual([]);
    });

    it('says nothing of another offset, or of later', async () => {
      await poll({ offset: 7 });
      expect(await poll({ offset: 8 })).toEqual([]);
      clock.advance(3_000);
      expect(await poll({ offset: 8 })).toEqual([]);
      expect(clock.pending).toBe(0);
    });
  });

  describe('conflicts', () => {
    it('end the older of two polls that wait', async () => {
      const older = poll({ timeoutSeconds: 50 });
      const newer = poll({ offset: 1, timeoutSeconds: 50 });
      await expect(older).rejects.toMatchObject({
        errorCode: 409,
        description: `Conflict: ${OTHER_POLL}`,
      });
      create(1);
      expect(await newer).toEqual([100]);
    });

    it('do not arise from a poll that does not wait', async () => {
      const waiting = outcomeOf(poll({ offset: 5, timeoutSeconds: 50 }));
      expect(await poll({ offset: 1 })).toEqual([]);
      expect(await waiting.now()).toBe('waiting');
    });

    it('are said to whoever waits when it is interrupted, and to nobody else', async () => {
      poller.interrupt(SETWEBHOOK);
      const waiting = poll({ timeoutSeconds: 50 });
      poller.interrupt(SETWEBHOOK);
      await expect(waiting).rejects.toMatchObject({ description: `Conflict: ${SETWEBHOOK}` });
      expect(clock.pending).toBe(0);
    });

    it('are said three seconds late within three seconds after one that was said at once', async () => {
      await expect(poller.refuse('first')).rejects.toMatchObject({
        description: 'Conflict: first',
      });
      clock.advance(2_999);
      const second = outcomeOf(poller.refuse('second'));
      clock.advance(2_999);
      expect(await second.now()).toBe('waiting');
      clock.advance(1);
      expect(await second.now()).toBe('Conflict: second');
    });

    it('are said at once again after three seconds, however many were late', async () => {
      await expect(poller.refuse('first')).rejects.toThrow('first');
      clock.advance(1_000);
      const late = outcomeOf(poller.refuse('late'));
      clock.advance(2_000);
      await expect(poller.refuse('third')).rejects.toThrow('third');
      expect(await late.now()).toBe('waiting');
      clock.advance(1_000);
      expect(await late.now()).toBe('Conflict: late');
    });

    it('are late for the poll that is taken over, too', async () => {
      await expect(poller.refuse('first')).rejects.toThrow('first');
      const older = outcomeOf(poll({ timeoutSeconds: 50 }));
      const newer = outcomeOf(poll({ offset: 1, timeoutSeconds: 50 }));
      expect(await older.now()).toBe('waiting');
      create(1);
      expect(await newer.now()).toEqual([100]);
      expect(await older.now()).toBe('waiting');
      clock.advance(3_000);
      expect(await older.now()).toBe(`Conflict: ${OTHER_POLL}`);
    });

    it('are forgotten when all is over', async () => {
      await expect(poller.refuse('first')).rejects.toThrow('first');
      const late = outcomeOf(poller.refuse('late'));
      poller.close();
      expect(clock.pending).toBe(0);
      expect(await late.now()).toBe('waiting');
    });
  });
});

/** What has become of work by now: `waiting`, its result, or the message of its error. */
function outcomeOf(work: Promise<unknown>): { now(): Promise<unknown> } {
  let outcome: unknown = 'waiting';
  void (async () => {
    try {
      outcome = await work;
    } catch (error) {
      outcome = error instanceof Error ? error.message : error;
    }
  })();
  return {
    async now() {
      await setImmediate();
      return outcome;
    },
  };
}
