import { Injectable } from '@nestjs/common';
import { SafeLogger } from '../common/safe-logger.js';
import { DeskEvents } from '../desk/desk-events.js';
import { ErrorDescriber } from '../errors/index.js';
import type { ReplyEvent } from '../events/reply-event.interface.js';
import { ThreadService } from '../outbound/thread.service.js';
import { ReplySubscription } from './reply-subscription.js';
import { DeskStorage } from '../storage/desk-storage.js';
import { ThreadMappingRepository } from '../threads/thread-mapping.repository.js';
import { albumIdOf } from '../updates/message-files.js';
import type { MessageText } from '../updates/message-text.js';
import type { AgentMessage } from './agent-message.js';
import { AgentNotifier } from './agent-notifier.js';
import { EventIntake } from './event-intake.js';
import { ReplyAuthors } from './reply-authors.js';
import { ReplyEventBuilder } from './reply-event.builder.js';
import { ReplyFingerprints } from './reply-fingerprints.js';
import type { AcceptedUpdate } from './update-handler.interface.js';

/** Turns an agent's message into a {@link ReplyEvent} and puts it into the queue of its thread. */
@Injectable()
export class ReplyIntake {
  readonly #logger: SafeLogger;
  /** Whether the queue outlives this process. */
  readonly #isDurable: boolean;

  constructor(
    private readonly intake: EventIntake,
    private readonly fingerprints: ReplyFingerprints,
    private readonly builder: ReplyEventBuilder,
    private readonly authors: ReplyAuthors,
    private readonly threads: ThreadService,
    private readonly mappings: ThreadMappingRepository,
    private readonly subscription: ReplySubscription,
    private readonly notifier: AgentNotifier,
    private readonly events: DeskEvents,
    storage: DeskStorage,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(ReplyIntake.name, errors);
    this.#isDurable = storage.isDurable;
  }

  /**
   * Resolves when the reply has its place in the queue of its thread.
   *
   * @throws When it could not be stored.
   */
  async accept(
    update: AgentMessage,
    threadId: string,
    content: MessageText,
  ): Promise<AcceptedUpdate> {
    const event = await this.builder.build(update, threadId, content);
    const [accepted] = await Promise.all([
      this.#enqueue(update, event),
      this.fingerprints.store(update.message, content),
      this.threads.agentReplied(threadId),
      // So that a reaction on the reply finds the thread, and who may delete it.
      this.mappings.store(event.message, threadId),
      this.authors.store(event.message, {
        agentId: event.agent.id,
        albumId: albumIdOf(update.message),
      }),
    ]);
    return accepted;
  }

  async #enqueue(update: AgentMessage, event: ReplyEvent): Promise<AcceptedUpdate> {
    const { isDuplicate, persisted } = await this.intake.enqueue(`update:${update.id}`, event);
    if (!isDuplicate) this.events.emit('replyReceived', event);
    if (this.#isDurable && (await this.#waits())) await this.notifier.hint(update, 'reply_waiting');
    return { persisted };
  }

  /** Whether no process handles replies, which an agent who waits for the 👍 has to know. */
  async #waits(): Promise<boolean> {
    try {
      await this.subscription.refresh();
      return !(await this.subscription.hasHandlers());
    } catch (error) {
      this.#logger.warn(
        `A reply is stored, but it is not known whether a process handles it: ${this.#logger.describe(error)}`,
      );
      return false;
    }
  }
}
