import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../testing/index.js';
import { TtlMap } from './ttl-map.js';

const LIFE_MS = 1_000;

describe('TtlMap', () => {
  it('forgets an entry when it has lived out, and drops it when another comes', () => {
    const clock = new VirtualClock(0);
    const map = new TtlMap<string>(clock, LIFE_MS);
    map.set('a', 'one');
    clock.advance(LIFE_MS - 1);
    expect(map.get('a')).toBe('one');
    clock.advance(1);
    expect(map.get('a')).toBeUndefined();
    map.set('b', 'two');
    expect([map.size, map.values()]).toEqual([1, ['two']]);
  });

  it.each<[string, (map: TtlMap<string>) => void]>([
    ['set', (map) => map.set('a', 'one')],
    ['renewed', (map) => expect(map.renew('a')).toBe('one')],
  ])('lets an entry live on from when it is %s again', (_how, touch) => {
    const clock = new VirtualClock(0);
    const map = new TtlMap<string>(clock, LIFE_MS);
    map.set('a', 'one');
    clock.advance(600);
    touch(map);
    clock.advance(600);
    map.set('b', 'two');
    expect(map.get('a')).toBe('one');
    clock.advance(400);
    expect(map.get('a')).toBeUndefined();
    expect(map.renew('a')).toBeUndefined();
    expect(map.values()).toEqual(['two']);
  });

  it('keeps what is renewed for ever, and holds nothing for long that is not', () => {
    const clock = new VirtualClock(0);
    const map = new TtlMap<number>(clock, LIFE_MS);
    map.set('kept', -1);
    let largest = 0;
    for (let i = 0; i < 5_000; i += 1) {
      clock.advance(1);
      map.set(String(i), i);
      expect(map.renew('kept')).toBe(-1);
      largest = Math.max(largest, map.size);
    }
    expect(largest).toBeLessThanOrEqual(LIFE_MS + 1);
    // Many that are renewed once lie in their places no longer than a life more.
    for (let i = 4_500; i < 5_000; i += 1) map.renew(String(i));
    clock.advance(LIFE_MS);
    map.set('new', 0);
    clock.advance(LIFE_MS);
    map.set('newer', 0);
    expect(map.size).toBe(1);
  });
});
