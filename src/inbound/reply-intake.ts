import { Injectable } from '@nestjs/common';
import type { Message } from '@grammyjs/types';
import { Clock } from '../common/clock.js';
import { SafeLogger } from '../common/safe-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { DeskEvents } from '../desk/desk-events.js';
import { ErrorDescriber } from '../errors/index.js';
import type { ReplyEvent } from '../events/reply-event.interface.js';
import { ThreadService } from '../outbound/thread.service.js';
import { ReplySubscription } from './reply-subscription.js';
import { DeskStorage } from '../storage/desk-storage.js';
import { ThreadMappingRepository } from '../threads/thread-mapping.repository.js';
import { messageHtml } from '../updates/message-html.js';
import { messageRefOf } from '../updates/message-ref-of.js';
import type { MessageText } from '../updates/message-text.js';
import type { AgentMessage } from './agent-message.js';
import { AgentNotifier } from './agent-notifier.js';
import { EventIntake } from './event-intake.js';
import { ReplyFingerprints } from './reply-fingerprints.js';
import { ReplyTargets } from './reply-targets.js';
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
    private readonly targets: ReplyTargets,
    private readonly threads: ThreadService,
    private readonly mappings: ThreadMappingRepository,
    private readonly settings: TelegramSettings,
    private readonly subscription: ReplySubscription,
    private readonly notifier: AgentNotifier,
    private readonly events: DeskEvents,
    private readonly clock: Clock,
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
    const { message: raw, agent } = update;
    const event: ReplyEvent = {
      v: 1,
      type: 'reply',
      threadId,
      desk: this.settings.desk,
      agent,
      message: messageRefOf(raw),
      replyTo: await this.targets.of(update),
      text: content.text,
      html: messageHtml(content.text, content.entities),
      sentAtMs: raw.date * 1000,
      receivedAtMs: this.#receivedAtMs(raw),
      raw,
    };
    const [accepted] = await Promise.all([
      this.#enqueue(update, event),
      this.fingerprints.store(raw, content),
      this.threads.agentReplied(threadId),
      this.#map(event),
    ]);
    return accepted;
  }

  /** So that a reaction on the reply finds the thread. */
  async #map({ message, threadId }: ReplyEvent): Promise<void> {
    if (this.settings.mode === 'topics') await this.mappings.store(message, threadId);
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

  /**
   * Never before the notice that it answers, whichever clocks have seen the two. Not every reply names its
   * notice, but none is older than it by Telegram's clock.
   */
  #receivedAtMs({ date, reply_to_message: notice }: Message): number {
    return Math.max(this.clock.now(), date * 1000, (notice?.date ?? 0) * 1000);
  }
}
