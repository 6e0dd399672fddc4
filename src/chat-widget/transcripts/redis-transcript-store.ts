import type { Cluster, Redis } from 'ioredis';
import type { Clock } from '../../common/clock.js';
import { withTimeout } from '../../common/with-timeout.js';
import { REDIS_TIMEOUT_MS } from '../../redis/redis-connection.js';
import type { RedisScript } from '../../redis/redis-script.js';
import { edited, numbered, tombstoneOf } from './message-changes.js';
import type { RedisTranscriptKeys } from './redis-transcript-keys.js';
import {
  fieldsOfChange,
  fieldsOfNew,
  listOf,
  readMessage,
  readMessages,
  readThread,
  textOfMessage,
} from './redis-transcript-records.js';
import {
  APPEND,
  CREATE_THREAD,
  FIND,
  LIST_BEFORE,
  MARK_READ,
  READ_THREAD,
  REPLACE,
  UPDATE_THREAD,
} from './redis-transcript-scripts.js';
import { TranscriptStore } from './transcript-store.js';
import type { TranscriptLimits } from './transcript-limits.js';
import type {
  AppendedMessage,
  NewTranscriptMessage,
  NewTranscriptThread,
  TranscriptMessage,
  TranscriptMessageChange,
  TranscriptSelection,
  TranscriptThread,
  TranscriptThreadChange,
} from './transcript.interface.js';

type Argument = string | number;

/**
 * Keeps transcripts in Redis, for all processes: of each thread a stream that holds each message once, in its present form,
 * under an id that is its `changed`. A change replaces the entry by one at the end.
 */
export class RedisTranscriptStore extends TranscriptStore {
  readonly #client: Redis | Cluster;
  readonly #keys: RedisTranscriptKeys;
  readonly #clock: Clock;
  readonly #limits: TranscriptLimits;

  constructor(
    client: Redis | Cluster,
    keys: RedisTranscriptKeys,
    clock: Clock,
    limits: TranscriptLimits,
  ) {
    super();
    this.#client = client;
    this.#keys = keys;
    this.#clock = clock;
    this.#limits = limits;
  }

  async createThread(thread: NewTranscriptThread): Promise<TranscriptThread> {
    const fields = fieldsOfNew(thread, this.#clock.now());
    const reply = await this.#run(CREATE_THREAD, thread.threadId, [this.#ttl, ...fields]);
    const created = readThread(reply);
    if (!created) throw new Error(`Redis has not stored thread ${thread.threadId}`);
    // Last, because an existing thread may belong to somebody else. Whoever repeats the call repeats this.
    await this.#listFirst(created.customerId, created.threadId, created.updatedAt.getTime());
    return created;
  }

  async findThread(threadId: string): Promise<TranscriptThread | null> {
    return readThread(await this.#run(READ_THREAD, threadId, []));
  }

  async listThreads(
    customerId: string,
    { limit }: { readonly limit: number },
  ): Promise<TranscriptThread[]> {
    const key = this.#keys.ofCustomer(customerId);
    const threadIds = await this.#ask(this.#client.zrevrange(key, 0, limit - 1));
    const threads = await Promise.all(threadIds.map((threadId) => this.findThread(threadId)));
    return threads.flatMap((thread) => (thread?.customerId === customerId ? thread : []));
  }

  async append(threadId: string, message: NewTranscriptMessage): Promise<AppendedMessage | null> {
    const text = textOfMessage(message);
    const { maxMessages } = this.#limits;
    const reply = await this.#change(APPEND, threadId, [
      maxMessages,
      message.id,
      text,
      message.author.kind,
    ]);
    if (!reply) return null;
    const [isNew, number, entry = null] = reply;
    const known = isNew === 1 ? null : readMessage(entry);
    return known
      ? { message: known, isNew: false }
      : { message: numbered(message, Number(number)), isNew: true };
  }

  async find(threadId: string, messageId: string): Promise<TranscriptMessage | null> {
    return readMessage(await this.#run(FIND, threadId, [messageId]));
  }

  async list(threadId: string, selection: TranscriptSelection): Promise<TranscriptMessage[]> {
    const { limit } = selection;
    if (limit <= 0) return [];
    if ('after' in selection) {
      const [, log] = this.#keys.ofThread(threadId);
      const first = `${Math.max(0, selection.after + 1)}-0`;
      return readMessages(await this.#ask(this.#client.xrange(log, first, '+', 'COUNT', limit)));
    }
    const below = selection.before === undefined ? '+inf' : `(${selection.before}`;
    const newestFirst = readMessages(await this.#run(LIST_BEFORE, threadId, [below, limit]));
    return newestFirst.toReversed();
  }

  edit(
    threadId: string,
    messageId: string,
    change: TranscriptMessageChange,
  ): Promise<TranscriptMessage | null> {
    return this.#replace(threadId, messageId, (message) =>
      message.deletedAt ? null : edited(message, change, message.changed),
    );
  }

  delete(threadId: string, messageId: string): Promise<TranscriptMessage | null> {
    const deletedAt = new Date(this.#clock.now());
    return this.#replace(threadId, messageId, (message) =>
      message.deletedAt ? message : tombstoneOf(message, deletedAt, message.changed),
    );
  }

  markRead(
    threadId: string,
    by: 'customer' | 'agents',
    upTo: number,
  ): Promise<TranscriptThread | null> {
    const mark = by === 'customer' ? 'readByCustomer' : 'readByAgents';
    return this.#changeThread(MARK_READ, threadId, [mark, upTo]);
  }

  updateThread(threadId: string, change: TranscriptThreadChange): Promise<TranscriptThread | null> {
    return this.#changeThread(UPDATE_THREAD, threadId, fieldsOfChange(change));
  }

  async purgeThread(threadId: string): Promise<void> {
    const keys = this.#keys.ofThread(threadId);
    const customerId = await this.#ask(this.#client.hget(keys[0], 'customerId'));
    if (customerId !== null) {
      await this.#ask(this.#client.zrem(this.#keys.ofCustomer(customerId), threadId));
    }
    await this.#ask(this.#client.del(...keys));
  }

  async purgeCustomer(customerId: string): Promise<string[]> {
    const key = this.#keys.ofCustomer(customerId);
    const threadIds = await this.#ask(this.#client.zrevrange(key, 0, -1));
    // The list last: until then the call can be repeated.
    const keys = threadIds.map((threadId) => this.#keys.ofThread(threadId));
    await Promise.all(keys.map((each) => this.#ask(this.#client.del(...each))));
    await this.#ask(this.#client.del(key));
    return threadIds;
  }

  get #ttl(): number {
    return Math.ceil(this.#limits.retentionMs);
  }

  /** @param replace What becomes of the message; itself when it stays, null when the caller gets null. */
  async #replace(
    threadId: string,
    messageId: string,
    replace: (message: TranscriptMessage) => TranscriptMessage | null,
  ): Promise<TranscriptMessage | null> {
    for (;;) {
      const present = await this.find(threadId, messageId);
      const next = present && replace(present);
      if (!present || !next || next === present) return next;
      const { number, changed } = present;
      const isTombstone = next.deletedAt ? 1 : 0;
      const args = [messageId, changed, number, textOfMessage(next), isTombstone];
      const reply = await this.#change(REPLACE, threadId, args);
      if (!reply) return null;
      // Somebody else has changed the message in between: 0.
      const written = Number(reply[0]);
      if (written > 0) return { ...next, changed: written };
    }
  }

  /** Runs a script that changes messages, and returns its answer without the customer, who comes first. */
  async #change(
    script: RedisScript,
    threadId: string,
    args: readonly Argument[],
  ): Promise<readonly unknown[] | null> {
    const nowMs = this.#clock.now();
    const reply = await this.#run(script, threadId, [this.#ttl, nowMs, ...args]);
    if (reply === null) return null;
    const [customerId, ...rest] = listOf(reply);
    await this.#listFirst(String(customerId), threadId, nowMs);
    return rest;
  }

  async #changeThread(
    script: RedisScript,
    threadId: string,
    args: readonly Argument[],
  ): Promise<TranscriptThread | null> {
    const nowMs = this.#clock.now();
    const reply = await this.#run(script, threadId, [this.#ttl, nowMs, ...args]);
    const thread = readThread(reply);
    if (thread) await this.#listFirst(thread.customerId, threadId, thread.updatedAt.getTime());
    return thread;
  }

  /** Puts a thread to the beginning of its customer's list, and takes off what has expired. */
  async #listFirst(customerId: string, threadId: string, nowMs: number): Promise<void> {
    const key = this.#keys.ofCustomer(customerId);
    const expired = nowMs - this.#limits.retentionMs;
    await this.#ask(
      Promise.all([
        this.#client.zadd(key, nowMs, threadId),
        this.#client.zremrangebyscore(key, '-inf', expired),
        this.#client.pexpire(key, this.#ttl),
      ]),
    );
  }

  async #run(script: RedisScript, threadId: string, args: readonly Argument[]): Promise<unknown> {
    const answer = script.run(this.#client, this.#keys.ofThread(threadId), args);
    return this.#ask(answer);
  }

  #ask<T>(answer: Promise<T>): Promise<T> {
    return withTimeout(answer, REDIS_TIMEOUT_MS);
  }
}
