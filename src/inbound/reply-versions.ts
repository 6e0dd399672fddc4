import { Injectable } from '@nestjs/common';
import type { ReplyContent } from '../events/reply-event.interface.js';
import { DeskStorage } from '../storage/desk-storage.js';
import { readJson, writeJson } from '../storage/json-values.js';
import type { TtlStore } from '../storage/ttl-store.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { Agent } from '../updates/agent.js';
import type {
  DeletionState,
  ReplyDeletion,
  ReplyForm,
  ReplyVersion,
} from './reply-version.interface.js';

/** Longer than a dead letter is kept: one that is retried is handed over in its newest form, too. */
const LIFE_MS = 31 * 24 * 60 * 60 * 1000;

/** Stands for the form in which the app has got a reply that was deleted before. */
const WITHHELD = 'withheld';

/** The same, of a reply that waits, and gets there in its newest form. */
const HELD = 'held';

const FIRST: ReplyForm = { version: 0, content: null, editedAtMs: 0, editUpdateId: 0 };

/** An edit, as Telegram reports it. */
export interface Edit {
  readonly threadId: string;
  readonly content: ReplyContent;
  readonly editedAtMs: number;
  readonly updateId: number;
}

/**
 * Stores what agents have made of their replies since, and in which form the app has got them. So a reply that waits is
 * handed over in its newest form, or not at all. Each method throws when the store does not answer within 2 seconds.
 */
@Injectable()
export class ReplyVersions {
  readonly #forms: TtlStore;
  /** Apart, because an edit and a deletion may come at the same time, to two processes. */
  readonly #deletions: TtlStore;
  /** By reply, the version in which the app has got it. */
  readonly #delivered: TtlStore;
  /** By thread, the keys of its edited replies. */
  readonly #edited: TtlStore;

  constructor(storage: DeskStorage) {
    this.#forms = storage.ttlStore('versions', LIFE_MS);
    this.#deletions = storage.ttlStore('deletions', LIFE_MS);
    this.#delivered = storage.ttlStore('delivered', LIFE_MS);
    this.#edited = storage.ttlStore('edited', LIFE_MS);
  }

  /** What became of a reply; the first version when it was neither edited nor deleted. */
  async find(message: MessageRef): Promise<ReplyVersion> {
    const [form, deletion] = await Promise.all([
      this.#formOf(keyOf(message)),
      this.#deletionOf(message),
    ]);
    return { ...form, ...deletion };
  }

  /** @returns The version that the edit makes; 0 when a newer one is stored, after which this one does not count. */
  async saveEdit(message: MessageRef, edit: Edit): Promise<number> {
    const key = keyOf(message);
    const known = await this.#formOf(key);
    const { threadId, content, editedAtMs, updateId } = edit;
    // Telegram delivers an update again that could not be stored.
    if (known.version > 0 && known.editUpdateId === updateId) return known.version;
    const isStale =
      known.editedAtMs > editedAtMs ||
      (known.editedAtMs === editedAtMs && known.editUpdateId > updateId);
    if (isStale) return 0;
    const version = known.version + 1;
    const listed = await this.#editedIn(threadId);
    await writeJson(this.#edited, threadId, [...new Set([...listed, key])]);
    const form: ReplyForm = { version, content, editedAtMs, editUpdateId: updateId };
    await writeJson(this.#forms, key, form);
    return version;
  }

  /** @returns Whether it is to be deleted by this update: it is not deleted, nor about to be. */
  async askDeletion(message: MessageRef, updateId: number): Promise<boolean> {
    const known = await this.#deletionOf(message);
    // Telegram delivers an update again that could not be stored.
    if (isDeleted(known)) return known.deletion?.updateId === updateId;
    await this.#saveDeletion(message, { ...known, deletion: { state: 'asked', updateId } });
    return true;
  }

  /** Stores that somebody wants a message to be deleted that has not come yet; it counts if they have written it. */
  async askEarlyDeletion(message: MessageRef, { id: agentId }: Agent, atMs: number): Promise<void> {
    const known = await this.#deletionOf(message);
    await this.#saveDeletion(message, { ...known, earlyDeletion: { agentId, atMs } });
  }

  async endDeletion(message: MessageRef, state: Exclude<DeletionState, 'asked'>): Promise<void> {
    const known = await this.#deletionOf(message);
    const { updateId = 0 } = known.deletion ?? {};
    await this.#saveDeletion(message, { ...known, deletion: { state, updateId } });
  }

  /** Stores that the app has got a reply in this version, so that edits up to it are handled. */
  markDelivered(message: MessageRef, version: number): Promise<void> {
    return this.#delivered.set(keyOf(message), String(version));
  }

  /** Stores that the app does not get a reply, because it was deleted before. */
  markWithheld(message: MessageRef): Promise<void> {
    return this.#delivered.set(keyOf(message), WITHHELD);
  }

  /** Stores that a reply is held: until {@link endHold} the app gets neither it nor what becomes of it. */
  markHeld(message: MessageRef): Promise<void> {
    return this.#delivered.set(keyOf(message), HELD);
  }

  endHold(message: MessageRef): Promise<void> {
    return this.#delivered.delete(keyOf(message));
  }

  async isHeld(message: MessageRef): Promise<boolean> {
    return (await this.#delivered.get(keyOf(message))) === HELD;
  }

  /** The newest version that the app has got without an edit; 0 for the first one. */
  async deliveredVersion(message: MessageRef): Promise<number> {
    return Number.parseInt((await this.#delivered.get(keyOf(message))) ?? '', 10) || 0;
  }

  /** Whether the app has not got a reply because it was deleted before. */
  async isWithheld(message: MessageRef): Promise<boolean> {
    return (await this.#delivered.get(keyOf(message))) === WITHHELD;
  }

  /** What agents have made of the replies of a thread that they have edited. */
  async listEdited(
    threadId: string,
  ): Promise<ReadonlyArray<{ readonly message: MessageRef; readonly text: string }>> {
    const found = (await this.#editedIn(threadId)).map(async (key) => {
      const { content } = await this.#formOf(key);
      return content ? [{ message: refOf(key), text: content.text }] : [];
    });
    return (await Promise.all(found)).flat();
  }

  /** Removes what agents have written in the replies of a thread. What they have deleted stays deleted. */
  async forget(threadId: string): Promise<void> {
    for (const key of await this.#editedIn(threadId)) {
      const known = await this.#formOf(key);
      await writeJson(this.#forms, key, { ...known, content: null });
    }
    await this.#edited.delete(threadId);
  }

  async #formOf(key: string): Promise<ReplyForm> {
    return (await readJson<ReplyForm>(this.#forms, key)) ?? FIRST;
  }

  async #deletionOf(message: MessageRef): Promise<ReplyDeletion> {
    return (await readJson<ReplyDeletion>(this.#deletions, keyOf(message))) ?? {};
  }

  #saveDeletion(message: MessageRef, deletion: ReplyDeletion): Promise<void> {
    return writeJson(this.#deletions, keyOf(message), deletion);
  }

  async #editedIn(threadId: string): Promise<readonly string[]> {
    return (await readJson<readonly string[]>(this.#edited, threadId)) ?? [];
  }
}

/** Whether a reply is deleted, or about to be. */
export function isDeleted({ deletion }: ReplyDeletion): boolean {
  return deletion !== undefined && deletion.state !== 'refused';
}

function keyOf({ chatId, messageId }: MessageRef): string {
  return `${chatId}:${messageId}`;
}

function refOf(key: string): MessageRef {
  const [chatId = 0, messageId = 0] = key.split(':').map(Number);
  return { chatId, messageId };
}
