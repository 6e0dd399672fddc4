import { Injectable } from '@nestjs/common';
import { DeskStorage } from '../../storage/desk-storage.js';
import { readJson, writeJson } from '../../storage/json-values.js';
import type { TtlStore } from '../../storage/ttl-store.js';
import type { MessageRef } from '../../threads/message-ref.interface.js';
import { messageIdIn, type ShownNotice } from './shown-notice.interface.js';

/** Customers change what they have just written. The texts of a thread are not kept for longer than that. */
const LIFE_MS = 172_800_000;

/** More notices than a thread has in that time. */
const MOST_NOTICES = 10_000;

/** Where a message of a customer stands; plain JSON. */
interface MessageRefs {
  /** Notices of its former texts: an edit that they could not show was posted below them. */
  readonly earlier: readonly MessageRef[];
  readonly newest: readonly MessageRef[];
}

/**
 * Stores for 48 hours what the notices of customers' messages show. Only the process that has the key of a thread
 * changes what is stored of it. Every method throws when the store does not answer within 2 seconds.
 */
@Injectable()
export class ShownNotices {
  readonly #store: TtlStore;

  constructor(storage: DeskStorage) {
    this.#store = storage.ttlStore('shown', LIFE_MS);
  }

  /** @param begun The app's id of the message of which earlier notices show the beginning. */
  async add(notice: ShownNotice, begun?: string): Promise<void> {
    const { threadId, message, jobs } = notice;
    const ids = new Set(jobs.flatMap(({ payload }) => messageIdIn(payload) ?? []));
    const newest = keyOfThread(threadId);
    const previous = await readJson<MessageRef>(this.#store, newest);
    await Promise.all([
      writeJson(this.#store, keyOf(message), { ...notice, previous: previous ?? undefined }),
      writeJson(this.#store, newest, message),
      ...[...ids].map((id) => this.#addTo(keyOfMessage(threadId, id), message, id === begun)),
    ]);
  }

  /** What a message shows; null when it is not known any more. */
  at(message: MessageRef): Promise<ShownNotice | null> {
    return readJson<ShownNotice>(this.#store, keyOf(message));
  }

  /** Stores what a notice shows after it was changed. */
  async replace(notice: ShownNotice): Promise<void> {
    await writeJson(this.#store, keyOf(notice.message), notice);
  }

  /** The notices that show the newest text of a message of the app's, in the order of its parts. */
  async find(threadId: string, messageId: string): Promise<readonly ShownNotice[]> {
    const { newest } = await this.#refsOf(keyOfMessage(threadId, messageId));
    return this.#noticesAt(newest);
  }

  /** All notices that show or have shown a message of the app's, the oldest first. */
  async findAll(threadId: string, messageId: string): Promise<readonly ShownNotice[]> {
    const { earlier, newest } = await this.#refsOf(keyOfMessage(threadId, messageId));
    return this.#noticesAt([...earlier, ...newest]);
  }

  /** All notices of a thread, the newest first. */
  async list(threadId: string): Promise<readonly ShownNotice[]> {
    const found: ShownNotice[] = [];
    let ref = await readJson<MessageRef>(this.#store, keyOfThread(threadId));
    while (ref && found.length < MOST_NOTICES) {
      const notice: ShownNotice | null = await readJson<ShownNotice>(this.#store, keyOf(ref));
      if (notice) found.push(notice);
      ref = notice?.previous ?? null;
    }
    return found;
  }

  /** Forgets what one message shows, which may be the note of a failure, and in no list of its thread. */
  async remove(message: MessageRef): Promise<void> {
    await this.#store.delete(keyOf(message));
  }

  /** Forgets what the notices of a thread show. */
  async forget(threadId: string): Promise<void> {
    let ref = await readJson<MessageRef>(this.#store, keyOfThread(threadId));
    for (let count = 0; ref && count < MOST_NOTICES; count += 1) {
      const notice = await readJson<ShownNotice>(this.#store, keyOf(ref));
      const ids = (notice?.jobs ?? []).flatMap(({ payload }) => messageIdIn(payload) ?? []);
      const keys = [keyOf(ref), ...ids.map((id) => keyOfMessage(threadId, id))];
      await Promise.all(keys.map((key) => this.#store.delete(key)));
      ref = notice?.previous ?? null;
    }
    await this.#store.delete(keyOfThread(threadId));
  }

  async #addTo(key: string, message: MessageRef, isContinued: boolean): Promise<void> {
    const { earlier, newest } = await this.#refsOf(key);
    const refs: MessageRefs = isContinued
      ? { earlier, newest: [...newest, message] }
      : { earlier: [...earlier, ...newest], newest: [message] };
    await writeJson(this.#store, key, refs);
  }

  async #refsOf(key: string): Promise<MessageRefs> {
    return (await readJson<MessageRefs>(this.#store, key)) ?? { earlier: [], newest: [] };
  }

  async #noticesAt(refs: readonly MessageRef[]): Promise<readonly ShownNotice[]> {
    const notices = await Promise.all(
      refs.map((ref) => readJson<ShownNotice>(this.#store, keyOf(ref))),
    );
    return notices.filter((notice) => notice !== null);
  }
}

function keyOf({ chatId, messageId }: MessageRef): string {
  return `notice:${chatId}:${messageId}`;
}

function keyOfThread(threadId: string): string {
  return `thread:${threadId}`;
}

function keyOfMessage(threadId: string, messageId: string): string {
  return `message:${JSON.stringify([threadId, messageId])}`;
}
