import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../config/telegram-settings.js';
import type { ThreadEventType } from '../events/thread-event.interface.js';
import { ThreadService } from '../outbound/thread.service.js';
import { LastNoticeRepository } from '../threads/last-notice.repository.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';
import type { Agent } from '../updates/agent.js';
import { EventIntake } from './event-intake.js';
import { HANDLED, type AcceptedUpdate } from './update-handler.interface.js';

/** What somebody has done to a thread in Telegram. */
export interface AgentsChange {
  readonly updateId: number;
  readonly threadId: string;
  readonly agent: Agent | null;
  readonly atMs: number;
  /** The message that it was done to, if it was done to one. */
  readonly message?: MessageRef;
  /** The service message that says so. */
  readonly serviceMessage?: MessageRef;
}

/** Closes and reopens threads for agents, and has the app know. Does nothing when the thread is so already. */
@Injectable()
export class ThreadChangeIntake {
  constructor(
    private readonly threads: ThreadStateRepository,
    private readonly lastNotices: LastNoticeRepository,
    private readonly service: ThreadService,
    private readonly intake: EventIntake,
    private readonly settings: TelegramSettings,
  ) {}

  /**
   * Whether these reactions close a thread. In a group without topics, whose agents did not ask for it, the emoji may mean
   * anything.
   */
  isClosed(added: readonly string[]): boolean {
    const { mode, reactions } = this.settings;
    return mode === 'topics' && reactions.close !== null && added.includes(reactions.close);
  }

  /**
   * A thread whose customer has written since stays open, and its topic is opened again.
   *
   * @throws When it could not be stored.
   */
  async close(change: AgentsChange): Promise<AcceptedUpdate> {
    const record = await this.threads.find(change.threadId);
    if (record?.status === 'closed') return HANDLED;
    if (record?.status === 'waiting' && (await this.#isOutdated(change))) {
      await this.service.showStatus(change.threadId);
      return HANDLED;
    }
    const accepted = await this.#publish('closed', change);
    await this.service.close(change.threadId);
    return accepted;
  }

  /** @throws When it could not be stored. */
  async reopen(change: AgentsChange): Promise<AcceptedUpdate> {
    const record = await this.threads.find(change.threadId);
    if (record?.status !== 'closed') return HANDLED;
    const accepted = await this.#publish('reopened', change);
    await this.service.reopen(change.threadId);
    return accepted;
  }

  /** Telegram may deliver it late. In a group ids grow in the order of the messages. */
  async #isOutdated({ threadId, serviceMessage }: AgentsChange): Promise<boolean> {
    if (!serviceMessage) return false;
    const newest = await this.lastNotices.find(threadId);
    return newest?.chatId === serviceMessage.chatId && newest.messageId > serviceMessage.messageId;
  }

  /** Before the thread is changed: when the process dies in between, Telegram delivers the update again. */
  #publish(
    type: ThreadEventType,
    { updateId, threadId, agent, atMs, message }: AgentsChange,
  ): Promise<AcceptedUpdate> {
    const id = `update:${updateId}`;
    const { desk } = this.settings;
    return this.intake.enqueue(id, { v: 1, type, id, threadId, desk, agent, message, atMs });
  }
}
