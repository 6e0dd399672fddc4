import { describe, expect, it } from 'vitest';
import { Deferred } from '../queue/deferred.js';
import { KeyOrder } from './key-order.js';

describe('KeyOrder', () => {
  const order = new KeyOrder();
  const begun: string[] = [];

  function step(name: string, work: Promise<unknown> = Promise.resolve()): () => Promise<string> {
    return async () => {
      begun.push(name);
      await work;
      return name;
    };
  }

  it('begins steps in their order behind those that hold their key, and no others', async () => {
    const [first, second] = [new Deferred(), new Deferred()];
    const results = [
      order.run('a', step('1')),
      order.hold('a', step('2', first.promise)),
      order.run('a', step('3')),
      order.hold('a', step('4', second.promise)),
      order.run('a', step('5')),
      order.run('b', step('other')),
    ];
    expect(begun).toEqual(['1', '2', 'other']);
    first.resolve();
    await results[2];
    await results[0];
    expect(begun).toEqual(['1', '2', 'other', '3', '4']);
    second.resolve();
    expect(await Promise.all(results)).toEqual(['1', '2', '3', '4', '5', 'other']);
    expect(begun).toEqual(['1', '2', 'other', '3', '4', '5']);
  });

  it('goes on behind a step that has failed', async () => {
    const failed = order.hold('a', () => Promise.reject(new Error('no room')));
    const next = order.run('a', step('next'));
    await expect(failed).rejects.toThrow('no room');
    expect(await next).toBe('next');
  });
});
