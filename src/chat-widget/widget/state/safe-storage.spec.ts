import { describe, expect, it } from 'vitest';
import { SafeStorage } from './safe-storage.js';

const blocked = (): Storage => {
  throw new Error('SecurityError');
};

/** As `localStorage` is: its entries are its properties. */
function storageOf(entries: Record<string, string>): Storage {
  const methods = {
    getItem: (name: string) => entries[name] ?? null,
    setItem: (name: string, value: string) => void (entries[name] = value),
    removeItem: (name: string) => void delete entries[name],
    clear: () => {},
    key: () => null,
    length: 0,
  };
  return new Proxy(methods, {
    ownKeys: () => Object.keys(entries),
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  });
}

describe('SafeStorage', () => {
  it('keeps values under its own names', () => {
    const entries: Record<string, string> = { 'other:a': '1' };
    const storage = new SafeStorage(() => storageOf(entries), 'chat:');
    storage.write('draft:t', 'Hello');
    expect(entries).toEqual({ 'other:a': '1', 'chat:draft:t': '"Hello"' });
    expect(storage.read('draft:t')).toBe('Hello');
    expect(storage.names('draft:')).toEqual(['draft:t']);
    storage.remove('draft:t');
    expect(storage.names('')).toEqual([]);
  });

  it('keeps values for as long as the page lives when storage is blocked', () => {
    const storage = new SafeStorage(blocked, 'chat:');
    storage.write('draft:t', 'Hello');
    expect(storage.read('draft:t')).toBe('Hello');
    expect(storage.names('draft:')).toEqual(['draft:t']);
    storage.remove('draft:t');
    expect(storage.read('draft:t')).toBeUndefined();
  });

  it('reads nothing from what is not JSON', () => {
    const storage = new SafeStorage(() => storageOf({ 'chat:a': '{' }), 'chat:');
    expect(storage.read('a')).toBeUndefined();
  });
});
