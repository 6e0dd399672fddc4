import type { TtlMap } from '../../common/ttl-map.js';
import { emptyRecord, withChanges } from '../../threads/thread-record.js';
import type { ThreadChanges, ThreadRecord } from '../../threads/thread-record.interface.js';
import {
  ThreadStateRepository,
  type ThreadExpectation,
} from '../../threads/thread-state.repository.js';

/** Keeps the records of threads in this process; they are gone when it ends. */
export class MemoryThreadStateRepository extends ThreadStateRepository {
  readonly #records: TtlMap<ThreadRecord>;
  /** The thread of each topic. */
  readonly #topics: TtlMap<string>;

  constructor(records: TtlMap<ThreadRecord>, topics: TtlMap<string>) {
    super();
    this.#records = records;
    this.#topics = topics;
  }

  find(threadId: string): Promise<ThreadRecord | null> {
    return Promise.resolve(this.#records.get(threadId) ?? null);
  }

  findByTopic(chatId: number, topicId: number): Promise<string | null> {
    return Promise.resolve(this.#topics.get(keyOf(chatId, topicId)) ?? null);
  }

  update(threadId: string, changes: ThreadChanges): Promise<void> {
    const record = withChanges(threadId, this.#records.get(threadId), changes);
    this.#records.set(threadId, record);
    const { topic } = record;
    if (topic) this.#topics.set(keyOf(topic.chatId, topic.topicId), threadId);
    return Promise.resolve();
  }

  async updateIf(
    threadId: string,
    expected: ThreadExpectation,
    changes: ThreadChanges,
  ): Promise<boolean> {
    const record = this.#records.get(threadId) ?? emptyRecord(threadId);
    const fields: Record<string, unknown> = { ...record };
    const isAsExpected = Object.entries(expected).every(
      ([field, value]) => JSON.stringify(fields[field]) === JSON.stringify(value),
    );
    if (isAsExpected) await this.update(threadId, changes);
    return isAsExpected;
  }

  async claim(threadId: string, desk: string): Promise<string> {
    const owner = this.#records.get(threadId)?.desk ?? desk;
    await this.update(threadId, { desk: owner });
    return owner;
  }

  remove(threadId: string): Promise<void> {
    const { topic, formerTopics = [] } = this.#records.get(threadId) ?? {};
    this.#records.delete(threadId);
    for (const { chatId, topicId } of topic ? [...formerTopics, topic] : formerTopics) {
      this.#topics.delete(keyOf(chatId, topicId));
    }
    return Promise.resolve();
  }
}

function keyOf(chatId: number, topicId: number): string {
  return `${chatId}:${topicId}`;
}
