import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../config/telegram-settings.js';
import { DeskStorage } from '../storage/desk-storage.js';
import { readJson, writeJson } from '../storage/json-values.js';
import type { TtlStore } from '../storage/ttl-store.js';
import type { MessageRef } from './message-ref.interface.js';

/** Whoever has not read more replies than that has read the newest of them as well. */
const MOST_REPLIES = 50;

/** A reply that the app has got. */
export interface HandledReply {
  readonly message: MessageRef;
  /** Of an album, the files that are left. */
  readonly files?: readonly MessageRef[] | undefined;
  /** When it was written, or edited last: by Telegram's clock, in milliseconds since the Unix epoch. */
  readonly sentAtMs: number;
  /** Which edit the app has got; undefined without one. */
  readonly version?: number | undefined;
}

/**
 * Stores the newest replies of each thread that the app has handled, and which the customer has read, for as long as
 * mappings. Every method throws when the store does not answer within 2 seconds.
 */
@Injectable()
export class HandledReplies {
  readonly #store: TtlStore;

  constructor(storage: DeskStorage, { mappingTtlSeconds }: TelegramSettings) {
    this.#store = storage.ttlStore('handled', mappingTtlSeconds * 1000);
  }

  /** Only the process that handles the replies of a thread may call it. */
  async add(threadId: string, reply: HandledReply): Promise<void> {
    const replies = await this.list(threadId);
    const others = replies.filter(({ message }) => !isSameMessage(message, reply.message));
    await this.#save(threadId, [...others, reply].slice(-MOST_REPLIES));
  }

  /** The app has got an edit. Only the process that handles the replies of a thread may call it. */
  async edit(
    threadId: string,
    message: MessageRef,
    edit: Required<Pick<HandledReply, 'sentAtMs' | 'version'>>,
  ): Promise<void> {
    const replies = await this.list(threadId);
    const edited = replies.map((reply) =>
      isPartOf(reply, message) ? { ...reply, ...edit } : reply,
    );
    await this.#save(threadId, edited);
  }

  /** The app has deleted a reply, or a file of it. Only the process that handles the replies of a thread may call it. */
  async remove(threadId: string, message: MessageRef): Promise<void> {
    const replies = await this.list(threadId);
    const left = replies.flatMap((reply) => {
      if (!isPartOf(reply, message)) return [reply];
      const files = filesOf(reply).filter((file) => !isSameMessage(file, message));
      return files.length > 0 ? [{ ...reply, files }] : [];
    });
    await this.#save(threadId, left);
  }

  /** In the order in which they were handled. */
  async list(threadId: string): Promise<readonly HandledReply[]> {
    return (await readJson<readonly HandledReply[]>(this.#store, `replies:${threadId}`)) ?? [];
  }

  /** Stores the newest reply that the customer has read. Only the process that has the key of the thread may call it. */
  markRead(threadId: string, reply: HandledReply): Promise<void> {
    return writeJson(this.#store, `read:${threadId}`, reply);
  }

  /** The newest reply that the customer has read; null when that is not known. */
  lastRead(threadId: string): Promise<HandledReply | null> {
    return readJson<HandledReply>(this.#store, `read:${threadId}`);
  }

  /** Forgets the replies of a thread. */
  async forget(threadId: string): Promise<void> {
    await this.#store.delete(`replies:${threadId}`);
    await this.#store.delete(`read:${threadId}`);
  }

  async #save(threadId: string, replies: readonly HandledReply[]): Promise<void> {
    await writeJson(this.#store, `replies:${threadId}`, replies);
  }
}

/** The message that shows how a reply stands: of an album, its first file that is left. */
export function receiptOn(reply: HandledReply): MessageRef {
  return filesOf(reply)[0] ?? reply.message;
}

function filesOf({ message, files }: HandledReply): readonly MessageRef[] {
  return files ?? [message];
}

function isPartOf(reply: HandledReply, message: MessageRef): boolean {
  return filesOf(reply).some((file) => isSameMessage(file, message));
}

export function isSameMessage(one: MessageRef, other: MessageRef): boolean {
  return one.chatId === other.chatId && one.messageId === other.messageId;
}
