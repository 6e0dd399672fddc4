import { Injectable } from '@nestjs/common';
import { BotStorage } from '../../storage/bot-storage.js';
import { readJson, writeJson } from '../../storage/json-values.js';
import type { TtlStore } from '../../storage/ttl-store.js';
import type { MessageRef } from '../../threads/message-ref.interface.js';
import type { Failure, FailureDecision, KnownFailure } from './failure.interface.js';

/** Longer than a dead letter is kept. */
const LIFE_MS = 31 * 24 * 60 * 60 * 1000;

/** The message that shows a failure, and what it shows; plain JSON. */
export interface FailureNote {
  readonly message: MessageRef;
  /** Names what it shows, to be compared. */
  readonly shown: string;
}

/**
 * Stores what the app could not process, what was decided since, and which message says so. Each fact has a key and one
 * writer: a failure the process that has its thread, a decision whoever has taken the dead letter, a note the process
 * that posts it. So no order of writes can make them contradict each other. Each method throws when the store does not
 * answer within 2 seconds.
 */
@Injectable()
export class FailureRecords {
  readonly #store: TtlStore;

  constructor(storage: BotStorage) {
    this.#store = storage.ttlStore('failure', LIFE_MS);
  }

  async find(jobId: string): Promise<KnownFailure | null> {
    const failure = await readJson<Failure>(this.#store, `job:${jobId}`);
    if (!failure) return null;
    const decision = await readJson<FailureDecision>(this.#store, decisionKey(failure));
    return { failure, decision };
  }

  /** The failure of a reply that consists of one message. */
  async findOfReply(message: MessageRef): Promise<KnownFailure | null> {
    const jobId = await this.#store.get(replyKey(message));
    return jobId === null ? null : this.find(jobId);
  }

  /** @param reply The message of the reply that has failed, if it consists of one. */
  async save(failure: Failure, reply?: MessageRef): Promise<void> {
    await this.#list(failure);
    if (reply) await this.#store.set(replyKey(reply), failure.jobId);
    await writeJson(this.#store, `job:${failure.jobId}`, failure);
  }

  /** What has failed in a thread at a desk. */
  async listOf(threadId: string, desk: string): Promise<readonly KnownFailure[]> {
    const ids = await this.#idsOf(threadId, desk);
    const found = await Promise.all(ids.map((id) => this.find(id)));
    return found.filter((known) => known !== null);
  }

  /** Removes all that is stored of what has failed in a thread at a desk. */
  async forget(threadId: string, desk: string): Promise<void> {
    for (const { failure } of await this.listOf(threadId, desk)) await this.remove(failure);
    await this.#store.delete(threadKey(threadId, desk));
  }

  /** Removes all that is stored of one failure, also when a purge has emptied the list of its thread meanwhile. */
  async remove(failure: Failure): Promise<void> {
    for (let count = 1; count <= failure.count; count += 1) {
      await this.#store.delete(decisionKey({ ...failure, count }));
      await this.#store.delete(intentKey({ ...failure, count }));
    }
    await this.#store.delete(replyKey(failure.target));
    await this.#store.delete(`note:${failure.jobId}`);
    await this.#store.delete(`job:${failure.jobId}`);
  }

  /** What somebody was about to do with the dead letter, who may have died since. */
  findIntent(failure: Failure): Promise<FailureDecision | null> {
    return readJson<FailureDecision>(this.#store, intentKey(failure));
  }

  /** Call it before the dead letter is taken. */
  intend(failure: Failure, decision: FailureDecision): Promise<void> {
    return writeJson(this.#store, intentKey(failure), decision);
  }

  /** Call it after the dead letter was taken. */
  decide(failure: Failure, decision: FailureDecision): Promise<void> {
    return writeJson(this.#store, decisionKey(failure), decision);
  }

  /** For whoever finds that the dead letter is gone, and nothing is stored of it. */
  async decideIfUndecided(failure: Failure, decision: FailureDecision): Promise<void> {
    await this.#store.setIfAbsent(decisionKey(failure), JSON.stringify(decision));
  }

  findNote(jobId: string): Promise<FailureNote | null> {
    return readJson<FailureNote>(this.#store, `note:${jobId}`);
  }

  saveNote(jobId: string, note: FailureNote): Promise<void> {
    return writeJson(this.#store, `note:${jobId}`, note);
  }

  /** First, so that a purge finds the failure. The desk has one process at a time work on a thread. */
  async #list({ jobId, threadId, desk }: Failure): Promise<void> {
    const ids = new Set([...(await this.#idsOf(threadId, desk)), jobId]);
    await writeJson(this.#store, threadKey(threadId, desk), [...ids]);
  }

  async #idsOf(threadId: string, desk: string): Promise<readonly string[]> {
    return (await readJson<string[]>(this.#store, threadKey(threadId, desk))) ?? [];
  }
}

function threadKey(threadId: string, desk: string): string {
  return `thread:${desk}:${threadId}`;
}

function replyKey({ chatId, messageId }: MessageRef): string {
  return `reply:${chatId}:${messageId}`;
}

function decisionKey({ jobId, count }: Pick<Failure, 'jobId' | 'count'>): string {
  return `decision:${jobId}:${count}`;
}

function intentKey({ jobId, count }: Pick<Failure, 'jobId' | 'count'>): string {
  return `intent:${jobId}:${count}`;
}
