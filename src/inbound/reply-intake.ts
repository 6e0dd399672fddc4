import { Injectable } from '@nestjs/common';
import { ReplyClaims, type ReplyDecision } from '../agents/claims/reply-claims.js';
import { SafeLogger } from '../common/safe-logger.js';
import { DeskEvents } from '../desk/desk-events.js';
import { ErrorDescriber } from '../errors/index.js';
import type { ReplyEvent } from '../events/reply-event.interface.js';
import { ThreadService } from '../outbound/thread.service.js';
import { ReplySubscription } from './reply-subscription.js';
import { DeskStorage } from '../storage/desk-storage.js';
import { ThreadMappingRepository } from '../threads/thread-mapping.repository.js';
import { albumIdOf } from '../updates/message-files.js';
import { messageRefOf } from '../updates/message-ref-of.js';
import { messageText, type MessageText } from '../updates/message-text.js';
import { Acknowledgements } from './acknowledgements.js';
import type { AgentMessage } from './agent-message.js';
import { AgentNotifier } from './agent-notifier.js';
import { EventIntake } from './event-intake.js';
import { HeldReplies } from './held-replies.js';
import { ReplyAuthors } from './reply-authors.js';
import { ReplyEventBuilder } from './reply-event.builder.js';
import { ReplyFingerprints } from './reply-fingerprints.js';
import { HANDLED, type AcceptedUpdate } from './update-handler.interface.js';

/** A reply that was taken, and what becomes of it. */
export interface AcceptedReply extends AcceptedUpdate {
  readonly outcome: ReplyDecision['kind'];
}

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
    private readonly claims: ReplyClaims,
    private readonly held: HeldReplies,
    private readonly acknowledgements: Acknowledgements,
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
  ): Promise<AcceptedReply> {
    const decision = await this.claims.decide(update, threadId);
    const { kind: outcome } = decision;
    if (outcome === 'refuse') return { ...(await this.#refuse(update, threadId)), outcome };
    const built = await this.builder.build(update, threadId, content);
    const holdMs = decision.kind === 'hold' ? decision.holdMs : undefined;
    const event = holdMs === undefined ? built : { ...built, holdMs };
    // First: a reaction on the reply finds both from now on. One that came before has left a note, which the reply finds at
    // its turn.
    await Promise.all([
      this.mappings.store(event.message, threadId),
      this.authors.store(event.message, {
        agentId: event.agent.id,
        albumId: albumIdOf(update.message),
      }),
    ]);
    const [accepted] = await Promise.all([
      this.#enqueue(update, event),
      // As Telegram shows it, which with a snippet is not what the customer gets.
      this.fingerprints.store(update.message, messageText(update.message)),
      // A reply that is held has answered nothing yet.
      event.holdMs === undefined && this.threads.agentReplied(threadId),
    ]);
    return { ...accepted, outcome };
  }

  async #enqueue(update: AgentMessage, event: ReplyEvent): Promise<AcceptedUpdate> {
    if (event.holdMs !== undefined) {
      if (!(await this.held.hold(update.id, event))) this.events.emit('replyReceived', event);
      return HANDLED;
    }
    const { isDuplicate, persisted } = await this.intake.enqueue(`update:${update.id}`, event);
    if (!isDuplicate) this.events.emit('replyReceived', event);
    if (this.#isDurable && (await this.#waits())) await this.notifier.hint(update, 'reply_waiting');
    return { persisted };
  }

  /** Another agent has the thread, and this one is told so. */
  async #refuse({ message }: AgentMessage, threadId: string): Promise<AcceptedUpdate> {
    // An edit makes no answer of it.
    await this.fingerprints.storeNote(message);
    await this.acknowledgements.showWithheld(threadId, messageRefOf(message));
    return HANDLED;
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
