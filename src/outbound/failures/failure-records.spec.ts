import { describe, expect, it } from 'vitest';
import { SystemClock } from '../../common/system-clock.js';
import { MemoryBotStorage } from '../../storage/memory/memory-bot-storage.js';
import { TtlStore } from '../../storage/ttl-store.js';
import { FailureRecords } from './failure-records.js';

/** Does something before keys of a kind are set. */
class ObservedStore extends TtlStore {
  readonly keys = new Set<string>();

  constructor(
    private readonly store: TtlStore,
    private readonly before: (key: string) => Promise<void>,
  ) {
    super();
  }

  get(key: string): Promise<string | null> {
    return this.store.get(key);
  }

  async set(key: string, value: string): Promise<void> {
    await this.before(key);
    this.keys.add(key);
    await this.store.set(key, value);
  }

  setIfAbsent(key: string, value: string): Promise<string> {
    this.keys.add(key);
    return this.store.setIfAbsent(key, value);
  }

  async delete(key: string): Promise<void> {
    this.keys.delete(key);
    await this.store.delete(key);
  }
}

class ObservedStorage extends MemoryBotStorage {
  before: (key: string) => Promise<void> = () => Promise.resolve();
  store: ObservedStore | undefined;

  override ttlStore(name: string, lifeMs: number): TtlStore {
    const before = (key: string) => this.before(key);
    this.store = new ObservedStore(super.ttlStore(name, lifeMs), before);
    return this.store;
  }
}

describe('FailureRecords', () => {
  it('removes a failure that was being saved while its thread was purged', async () => {
    const storage = new ObservedStorage(new SystemClock());
    const records = new FailureRecords(storage);
    const reply = { chatId: 1, messageId: 2 };
    const failure = {
      jobId: 'j',
      desk: 'default',
      threadId: 't1',
      code: 'reply_failed',
      target: reply,
      reason: 'No database',
      count: 1,
      isBegun: false,
      failedAtMs: 0,
    } as const;
    storage.before = async (key) => {
      if (key.startsWith('job:')) await records.forget('t1', 'default');
    };
    await records.save(failure, reply);
    await records.decide(failure, { action: 'discard', by: 'Ada' });
    await records.remove(failure);
    expect(await records.findOfReply(reply)).toBeNull();
    expect([...(storage.store?.keys ?? [])]).toEqual([]);
  });
});
