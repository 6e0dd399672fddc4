import { beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../time/virtual-clock.js';
import { type PendingUpdate, UpdateQueue } from './update-queue.js';

describe('UpdateQueue', () => {
  let clock: VirtualClock;
  let queue: UpdateQueue;
  let changes: number[];

  beforeEach(() => {
    clock = new VirtualClock(1_000);
    changes = [];
    queue = new UpdateQueue(clock, () => changes.push(queue.size));
    queue.renumber(100);
  });

  const headOf = (key: string): PendingUpdate => {
    const head = queue.head(key);
    if (!head) throw new Error(`no update of ${key}`);
    return head;
  };
  const ids = (): number[] => queue.list.map(({ id }) => id);

  it('writes an update as Telegram does', () => {
    queue.create('message', { message_id: 1, text: 'hi' }, 'desk');
    expect(queue.list).toEqual([
      {
        id: 100,
        key: 'desk',
        body: '{"update_id":100,\n"message":{"message_id":1,"text":"hi"}}',
        expiresAt: 86_401_000,
      },
    ]);
  });

  it('lets an update expire after the time of its kind', () => {
    queue.create('callback_query', {}, 'ann');
    queue.create('inline_query', {}, 'bob');
    expect(queue.list.map(({ expiresAt }) => expiresAt)).toEqual([151_000, 31_000]);
  });

  it('begins to count at random', () => {
    const starts = Array.from({ length: 20 }, () => {
      const other = new UpdateQueue(clock, () => undefined);
      other.create('message', {}, 'a');
      return other.head('a')?.id ?? 0;
    });
    expect(new Set(starts).size).toBeGreaterThan(1);
    expect(Math.min(...starts)).toBeGreaterThanOrEqual(2_000_001);
    expect(Math.max(...starts)).toBeLessThan(1_000_000_000);
  });

  it('keeps a list for each key, and all in the order in which they came', () => {
    for (const key of ['a', 'b', 'a', 'c']) queue.create('message', {}, key);
    expect(queue.keys).toEqual(['a', 'b', 'c']);
    expect(['a', 'b', 'c', 'd'].map((key) => queue.head(key)?.id)).toEqual([
      100,
      101,
      103,
      undefined,
    ]);
    expect(ids()).toEqual([100, 101, 102, 103]);
    expect(queue.size).toBe(4);
  });

  it('does not even number what the bot does not take', () => {
    queue.create('chat_member', {}, 'a');
    queue.allowed.set(['poll']);
    queue.create('message', {}, 'a');
    queue.create('poll', {}, 'a');
    expect(ids()).toEqual([100]);
    expect(changes).toEqual([1]);
  });

  it('forgets an update and, with the last one, its key', () => {
    for (const key of ['a', 'a', 'b']) queue.create('message', {}, key);
    const first = headOf('a');
    queue.remove(first);
    expect(queue.head('a')?.id).toBe(101);
    queue.remove(headOf('a'));
    expect([queue.keys, queue.size]).toEqual([['b'], 1]);
    queue.remove(first);
    expect(queue.size).toBe(1);
    expect(changes).toEqual([1, 2, 3, 2, 1]);
  });

  it('drops everything, and counts on', () => {
    for (const key of ['a', 'b']) queue.create('message', {}, key);
    queue.clear();
    expect([queue.size, queue.keys, queue.list]).toEqual([0, [], []]);
    queue.create('message', {}, 'a');
    expect(ids()).toEqual([102]);
    expect(changes).toEqual([1, 2, 0, 1]);
  });

  it('loses what comes when 100,000 updates wait', () => {
    for (let count = 0; count < 100_001; count++) queue.create('message', {}, `${count % 10}`);
    queue.inject({}, 'a');
    expect(queue.size).toBe(100_000);
    expect(queue.head('a')).toBeUndefined();
    queue.remove(headOf('0'));
    queue.inject({}, 'a');
    expect(queue.size).toBe(100_000);
    expect(queue.head('a')).toBeDefined();
  });

  it('loses what is too large for the 128 MiB that may wait', () => {
    queue.inject('x'.repeat((128 << 20) - 2), 'a');
    queue.inject('', 'b');
    expect(queue.keys).toEqual(['a']);
    queue.remove(headOf('a'));
    queue.inject('', 'b');
    expect(queue.keys).toEqual(['b']);
  });

  describe('injected JSON', () => {
    it.each<[unknown, string]>([
      [{ update_id: 5, message: { chat: { id: -7 } } }, '-7'],
      [{ edited_message: { chat: { id: 8 } } }, '8'],
      [{ channel_post: { chat: { id: 9 } } }, '9'],
      [{ edited_channel_post: { chat: { id: 10 } } }, '10'],
      [{ message: { chat: {} } }, 'injected 0'],
      [{ message: { chat: { id: '7' } } }, 'injected 0'],
      [{ message: [] }, 'injected 0'],
      [{ callback_query: { message: { chat: { id: 7 } } } }, 'injected 0'],
      [[{ update_id: 5 }], 'injected 0'],
      [null, 'injected 0'],
      ['text', 'injected 0'],
      [undefined, 'injected 0'],
    ])('of %j is kept under the key %j', (update, key) => {
      queue.inject(update);
      expect(queue.keys).toEqual([key]);
      expect(headOf(key).body).toBe(JSON.stringify(update) ?? 'null');
      expect(headOf(key).expiresAt).toBe(Number.POSITIVE_INFINITY);
    });

    it('is kept under the key that is named', () => {
      queue.inject({ message: { chat: { id: 7 } } }, 9);
      queue.inject({}, 'a');
      expect(queue.keys).toEqual(['9', 'a']);
    });

    it('has the id that it brings, and else one that no other update has', () => {
      queue.inject({ update_id: 5 });
      queue.inject({ update_id: '6' });
      queue.inject({});
      queue.create('message', {}, 'a');
      expect(ids()).toEqual([-3, -2, 5, 100]);
      expect(queue.keys).toEqual(['injected 0', 'injected 1', 'injected 2', 'a']);
    });
  });

  describe('repetition', () => {
    it('puts an update behind the others of its key, under the next id', () => {
      queue.create('message', { message_id: 100, text: '100' }, 'a');
      queue.create('message', {}, 'a');
      clock.advance(5_000);
      queue.repeat(headOf('a'));
      expect(queue.list.at(-1)).toEqual({
        id: 102,
        key: 'a',
        body: '{"update_id":102,\n"message":{"message_id":100,"text":"100"}}',
        expiresAt: 86_401_000,
      });
      expect(ids()).toEqual([100, 101, 102]);
    });

    it('changes the id and nothing else, wherever it stands', () => {
      queue.inject({ message: { message_id: 5, chat: { id: 7 } }, update_id: 5 });
      queue.repeat(headOf('7'));
      expect(queue.list.at(-1)?.body).toBe(
        '{"message":{"message_id":5,"chat":{"id":7}},"update_id":100}',
      );
    });

    it('leaves what has no id as it is', () => {
      queue.inject({ a: -1 });
      queue.repeat(headOf('injected 0'));
      expect(queue.list.map(({ body }) => body)).toEqual(['{"a":-1}', '{"a":-1}']);
    });
  });

  it('lets the second of a key go first, if there is one', () => {
    for (const key of ['a', 'a', 'a', 'b']) queue.create('message', {}, key);
    expect(queue.swap('a')).toBe(true);
    expect(queue.head('a')?.id).toBe(101);
    queue.remove(headOf('a'));
    expect(queue.head('a')?.id).toBe(100);
    expect([queue.swap('b'), queue.swap('c')]).toEqual([false, false]);
    expect(queue.head('b')?.id).toBe(103);
  });

  it('counts from another start, which may be lower', () => {
    queue.create('message', {}, 'a');
    queue.renumber(50);
    queue.create('message', {}, 'a');
    expect(queue.head('a')?.id).toBe(100);
    expect(ids()).toEqual([50, 100]);
    queue.renumber();
    queue.create('message', {}, 'a');
    expect(ids().at(-1)).toBeGreaterThanOrEqual(2_000_001);
  });
});
