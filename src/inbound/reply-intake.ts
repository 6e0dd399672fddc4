import { Inject, Injectable } from '@nestjs/common';
import type { Message } from '@grammyjs/types';
import { Clock } from '../common/clock.js';
import { SafeLogger } from '../common/safe-logger.js';
import { Timeouts } from '../common/timeouts.js';
import { withTimeout } from '../common/with-timeout.js';
import { DeskEvents } from '../desk/desk-events.js';
import { ErrorDescriber } from '../errors/index.js';
import { OrderedQueue } from '../queue/ordered-queue.js';
import type { ReplyEvent } from '../events/reply-event.interface.js';
import { ReplySubscription } from './reply-subscription.js';
import { DeskStorage } from '../storage/desk-storage.js';
import { messageHtml } from '../updates/message-html.js';
import { messageRefOf } from '../updates/message-ref-of.js';
import type { MessageText } from '../updates/message-text.js';
import type { AgentMessage } from './agent-message.js';
import { AgentNotifier } from './agent-notifier.js';
import { INBOUND_QUEUE } from './inbound.constants.js';
import type { InboundEvent, InboundProgress } from './inbound-event.interface.js';
import { ReplyFingerprints } from './reply-fingerprints.js';
import type { AcceptedUpdate } from './update-handler.interface.js';

/**
 * How long Telegram waits for the answer while a reply is handled in memory. Less than the 60 s after
 * which it delivers the update again (WebhookActor.cpp), and than the 30 s of common proxies.
 */
export const MAX_HOLD_MS = 15_000;

/** How long storing may take before Telegram is asked to deliver the update again. */
const STORE_TIMEOUT_MS = 2_000;

/** What the keys of the queue begin with. */
const THREAD_KEY = 'thread:';

/** Turns an agent's message into a {@link ReplyEvent} and puts it into the queue of its thread. */
@Injectable()
export class ReplyIntake {
  readonly #logger: SafeLogger;
  readonly #timeouts: Timeouts;
  /** Whether the queue outlives this process. */
  readonly #isDurable: boolean;

  constructor(
    @Inject(INBOUND_QUEUE) private readonly queue: OrderedQueue<InboundEvent, InboundProgress>,
    private readonly fingerprints: ReplyFingerprints,
    private readonly subscription: ReplySubscription,
    private readonly notifier: AgentNotifier,
    private readonly events: DeskEvents,
    private readonly clock: Clock,
    storage: DeskStorage,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(ReplyIntake.name, errors);
    this.#timeouts = new Timeouts(clock);
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
      agent,
      message: messageRefOf(raw),
      text: content.text,
      html: messageHtml(content.text, content.entities),
      sentAtMs: raw.date * 1000,
      receivedAtMs: this.#receivedAtMs(raw),
      raw,
    };
    const [accepted] = await Promise.all([
      this.#enqueue(update, event),
      this.fingerprints.store(raw, content),
    ]);
    return accepted;
  }

  async #enqueue(update: AgentMessage, event: ReplyEvent): Promise<AcceptedUpdate> {
    const enqueued = this.queue.enqueue(THREAD_KEY + event.threadId, `update:${update.id}`, event);
    const { isDuplicate, persisted } = this.#isDurable
      ? await withTimeout(enqueued, STORE_TIMEOUT_MS)
      : await enqueued;
    // Telegram may deliver an update twice.
    if (!isDuplicate) this.events.emit('replyReceived', event);
    if (!this.#isDurable) return { persisted: this.#hold(persisted) };
    if (await this.#waits()) await this.notifier.hint(update, 'reply_waiting');
    return { persisted: Promise.resolve() };
  }

  /** Settles as the work does, but resolves after {@link MAX_HOLD_MS} at the latest. */
  #hold(work: Promise<void>): Promise<void> {
    return this.#timeouts.race(work, MAX_HOLD_MS, () => undefined);
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
