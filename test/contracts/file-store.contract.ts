import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { FileStore } from '../../src/storage/file-store.js';

/** One implementation of the port, made afresh for each test. */
export interface FileStoreDriver {
  create(options: { lifeMs: number }): FileStore;
  /** Lets time pass for the store. */
  elapse(ms: number): Promise<void>;
}

/** What every {@link FileStore} promises. */
export function describeFileStore(driver: FileStoreDriver): void {
  it('returns the very bytes of a file, also of a part of a larger buffer', async () => {
    const files = driver.create({ lifeMs: 60_000 });
    const bytes = randomBytes(2_000_000);
    await files.put('one', bytes);
    await files.put('two', new Uint8Array(bytes.buffer, bytes.byteOffset + 5, 3));
    expect((await files.get('one'))?.equals(bytes)).toBe(true);
    expect(await files.get('two')).toEqual(Buffer.from(bytes.subarray(5, 8)));
  });

  it('has nothing of a file that was never stored, or is deleted', async () => {
    const files = driver.create({ lifeMs: 60_000 });
    for (const id of ['one', 'two', 'three']) await files.put(id, Buffer.from(id));
    await files.delete(['one', 'two', 'none']);
    await files.delete([]);
    expect(await files.get('none')).toBeNull();
    expect(await files.get('one')).toBeNull();
    expect(await files.get('two')).toBeNull();
    expect(await files.get('three')).toEqual(Buffer.from('three'));
  });

  it('forgets a file after its life, which reading does not renew', async () => {
    const files = driver.create({ lifeMs: 60_000 });
    await files.put('one', Buffer.from('1'));
    await driver.elapse(50_000);
    expect(await files.get('one')).toEqual(Buffer.from('1'));
    await driver.elapse(10_000);
    expect(await files.get('one')).toBeNull();
  });
}
