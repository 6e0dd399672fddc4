import { Injectable } from '@nestjs/common';
import type { ReplyEvent } from '../events/reply-event.interface.js';
import { HoldNotes } from '../outbound/holds/hold-notes.js';
import { AgentNotices } from '../outbound/agent-notices.js';
import { ThreadService } from '../outbound/thread.service.js';
import { DeskStorage } from '../storage/desk-storage.js';
import type { TtlStore } from '../storage/ttl-store.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import { EventIntake } from './event-intake.js';
import { isDeleted, ReplyVersions } from './reply-versions.js';

/** Stands for a reply that waits no more, since its entry says until then that it does. */
const RELEASED = 'released';

/** Longer than any reply is held. */
const LIFE_MS = 25 * 60 * 60 * 1000;

/**
 * Holds replies back for a while, each in a key of its own, so that nothing else of the thread waits for it. Then it is
 * put into the queue of the thread, once, unless it was taken back.
 *
 * Every method throws when the store does not answer, and may be called again then.
 */
@Injectable()
export class HeldReplies {
  /** By message, the reply. */
  readonly #held: TtlStore;

  constructor(
    private readonly intake: EventIntake,
    private readonly versions: ReplyVersions,
    private readonly threads: ThreadService,
    private readonly notices: AgentNotices,
    private readonly notes: HoldNotes,
    storage: DeskStorage,
  ) {
    this.#held = storage.ttlStore('held', LIFE_MS);
  }

  /** @returns Whether it is held already. */
  async hold(updateId: number, event: ReplyEvent): Promise<boolean> {
    const { message } = event;
    const waiting = { ...event, updateId };
    // Before it has its place, so that none waits without: after a failure Telegram delivers the update again.
    const known = await this.#held.setIfAbsent(keyOf(message), JSON.stringify(waiting));
    if (known !== RELEASED) await this.versions.markHeld(message);
    const { isDuplicate } = await this.intake.enqueueHeld(`update:${updateId}`, waiting);
    return isDuplicate;
  }

  /** The reply that waits; null when it does not wait any more. */
  async find(message: MessageRef): Promise<ReplyEvent | null> {
    const stored = await this.#held.get(keyOf(message));
    return stored === null || stored === RELEASED ? null : JSON.parse(stored);
  }

  /** Has what was posted about a reply lose its buttons, once. */
  async end({ threadId, message }: Pick<ReplyEvent, 'threadId' | 'message'>): Promise<void> {
    await this.notices.endHold(threadId, message);
  }

  /** Forgets what a reply says that waits, whose thread is purged. */
  async forget(message: MessageRef): Promise<void> {
    await this.#held.delete(keyOf(message));
    await this.notes.forget(message);
  }

  /**
   * Lets a reply go out, if it has not before.
   *
   * @returns False when it was taken back before.
   */
  async release(event: ReplyEvent): Promise<boolean> {
    const { message, threadId, updateId } = event;
    if ((await this.#held.get(keyOf(message))) === RELEASED) return true;
    if (isDeleted(await this.versions.find(message))) {
      await this.end(event);
      return false;
    }
    const released = { ...event, holdMs: undefined, isReleased: true };
    await this.intake.enqueue(`released:${updateId}`, released);
    await this.threads.agentReplied(threadId);
    await this.end(event);
    await this.#held.set(keyOf(message), RELEASED);
    return true;
  }
}

function keyOf({ chatId, messageId }: MessageRef): string {
  return `${chatId}:${messageId}`;
}
