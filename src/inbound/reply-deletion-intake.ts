import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../config/telegram-settings.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { Agent } from '../updates/agent.js';
import { EventIntake } from './event-intake.js';
import { ReplyVersions } from './reply-versions.js';
import type { AcceptedUpdate } from './update-handler.interface.js';

/** What an agent wants to be deleted. */
export interface WantedDeletion {
  readonly updateId: number;
  readonly threadId: string;
  readonly agent: Agent;
  /** The reply. */
  readonly message: MessageRef;
  /** The album that it is a file of. */
  readonly albumId?: string | undefined;
  readonly atMs: number;
}

/** Puts the deletion of a reply into the queue of its thread. */
@Injectable()
export class ReplyDeletionIntake {
  constructor(
    private readonly versions: ReplyVersions,
    private readonly intake: EventIntake,
    private readonly settings: TelegramSettings,
  ) {}

  /**
   * Resolves when the deletion has its place in the queue of the thread.
   *
   * @returns Null when the reply is deleted already, or about to be.
   * @throws When it could not be stored.
   */
  async accept({ updateId, ...deletion }: WantedDeletion): Promise<AcceptedUpdate | null> {
    // Before the deletion has its place: a reply that still waits is not handled any more.
    if (!(await this.versions.askDeletion(deletion.message, updateId))) return null;
    const { desk } = this.settings;
    const event = { v: 1, type: 'reply.deleted', desk, ...deletion } as const;
    return this.intake.enqueue(`deletion:${updateId}`, event);
  }

  /**
   * Takes a deletion of a message that is not known, and may be a reply that has not come yet.
   *
   * @throws When it could not be stored.
   */
  async acceptEarly(message: MessageRef, agent: Agent, atMs: number): Promise<void> {
    await this.versions.askEarlyDeletion(message, agent, atMs);
  }
}
