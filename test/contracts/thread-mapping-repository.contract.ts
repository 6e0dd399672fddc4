import { expect, it } from 'vitest';
import type { ThreadMappingRepository } from '../../src/threads/thread-mapping.repository.js';

/** One implementation of the port, made afresh for each test. */
export interface ThreadMappingDriver {
  create(options: { ttlSeconds: number }): Promise<ThreadMappingRepository>;
  /** Lets time pass for the store. */
  elapse(ms: number): Promise<void>;
}

/** What every {@link ThreadMappingRepository} promises. */
export function describeThreadMappingRepository(driver: ThreadMappingDriver): void {
  const notice = { chatId: -100_123, messageId: 7 };

  it('finds the thread that was stored for a message', async () => {
    const mappings = await driver.create({ ttlSeconds: 60 });
    await mappings.store(notice, 'thread:1 / ü');
    expect(await mappings.find(notice)).toBe('thread:1 / ü');
  });

  it('finds nothing for a message that was never stored', async () => {
    const mappings = await driver.create({ ttlSeconds: 60 });
    expect(await mappings.find(notice)).toBeNull();
  });

  it('distinguishes messages of two chats that have the same id', async () => {
    const mappings = await driver.create({ ttlSeconds: 60 });
    await mappings.store(notice, 'one');
    await mappings.store({ ...notice, chatId: -100_124 }, 'two');
    expect(await mappings.find(notice)).toBe('one');
    expect(await mappings.find({ ...notice, chatId: -100_124 })).toBe('two');
  });

  it('replaces what it knew of a message', async () => {
    const mappings = await driver.create({ ttlSeconds: 60 });
    await mappings.store(notice, 'one');
    await mappings.store(notice, 'two');
    expect(await mappings.find(notice)).toBe('two');
  });

  it('forgets a mapping that is not used for its lifetime', async () => {
    const mappings = await driver.create({ ttlSeconds: 60 });
    await mappings.store(notice, 'one');
    await driver.elapse(60_000);
    expect(await mappings.find(notice)).toBeNull();
  });

  it('renews the life of a mapping that is found', async () => {
    const mappings = await driver.create({ ttlSeconds: 60 });
    await mappings.store(notice, 'one');
    await driver.elapse(40_000);
    expect(await mappings.find(notice)).toBe('one');
    await driver.elapse(40_000);
    expect(await mappings.find(notice)).toBe('one');
  });

  it('renews the life of a mapping that is stored again', async () => {
    const mappings = await driver.create({ ttlSeconds: 60 });
    await mappings.store(notice, 'one');
    await driver.elapse(40_000);
    await mappings.store(notice, 'one');
    await driver.elapse(40_000);
    expect(await mappings.find(notice)).toBe('one');
  });
}
