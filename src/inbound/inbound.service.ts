import type { Message, Update } from '@grammyjs/types';
import type { Clock } from '../common/clock.js';
import { Timeouts } from '../common/timeouts.js';
import { withTimeout } from '../common/with-timeout.js';
import type { AdminChat } from '../chat/admin-chat.js';
import type { ErrorDescriber } from '../errors/index.js';
import type { OrderedQueue } from '../queue/ordered-queue.js';
import { listKeys } from '../queue/list-keys.js';
import { SafeLogger } from '../common/safe-logger.js';
import type { OutboundService } from '../outbound/outbound.service.js';
import type { AgentNotifier } from './agent-notifier.js';
import type { InboundEvent, ReplyEvent } from './inbound-event.interface.js';
import type { ReplyFingerprints } from './reply-fingerprints.js';
import type { ReplySubscription } from './reply-subscription.js';
import { saidIn } from '../updates/update-validator.js';
import type { Route, UpdateRouter } from './update-router.js';

/**
 * How long Telegram waits for the answer while a reply is handled in memory. Less than the 60 s after
 * which it would send the update again (WebhookActor.cpp), and than the 30 s of common proxies.
 */
export const HOLD_MS = 15_000;

/** How long storing may take before Telegram is asked to come back later. */
const STORE_TIMEOUT_MS = 2_000;

/** How long {@link InboundService.close} waits for replies that are being handled. */
const CLOSE_GRACE_MS = 10_000;

const THREAD_LANE = 'thread:';

const HOUR_MS = 3_600_000;

/** What {@link InboundService} works with. */
export interface InboundServiceParts {
  readonly adminChat: AdminChat;
  readonly clock: Clock;
  readonly errors?: ErrorDescriber;
  readonly outbox: OutboundService;
  readonly queue: OrderedQueue<InboundEvent>;
  /** Whether the queue outlives this process. */
  readonly isDurable: boolean;
  readonly router: UpdateRouter;
  readonly advisor: AgentNotifier;
  readonly fingerprints: ReplyFingerprints;
}

/** An update that the inbox has taken. */
export interface TakenUpdate {
  /**
   * Resolves when Telegram may forget it: at once where it is stored, else when it has been handled,
   * or has kept Telegram waiting for {@link HOLD_MS}. Rejects when Telegram has to keep it.
   */
  readonly persisted: Promise<void>;
}

/** Takes the updates that come through any door. */
export class InboundService {
  readonly #logger: SafeLogger;
  readonly #parts: InboundServiceParts;
  readonly #deadlines: Timeouts;
  #subscription: ReplySubscription | undefined;

  constructor(parts: InboundServiceParts) {
    this.#parts = parts;
    this.#logger = new SafeLogger(InboundService.name, parts.errors);
    this.#deadlines = new Timeouts(parts.clock);
  }

  /** Says who takes the replies of this process; until then nobody is known. */
  subscribe(subscription: ReplySubscription): void {
    this.#subscription = subscription;
  }

  /**
   * Resolves when Telegram may forget the update.
   *
   * @throws When it could not be stored, which the log tells. Telegram has to keep it and deliver it again.
   */
  async accept(update: Update): Promise<void> {
    try {
      const { persisted: safe } = await this.take(update);
      await safe;
    } catch (error) {
      const reason = this.#logger.describe(error);
      this.#logger.error(`Telegram has to keep update ${update.update_id}: ${reason}`);
      throw error;
    }
  }

  /**
   * Resolves when the update has its place, behind those that were taken before it.
   *
   * @throws When it could not be stored. Telegram has to keep it and deliver it again.
   */
  async take(update: Update): Promise<TakenUpdate> {
    const { adminChat, advisor, fingerprints, outbox } = this.#parts;
    const route = await this.#route(update);
    switch (route.kind) {
      case 'ignore':
        break;
      case 'moved':
        adminChat.moveTo(route.chatId);
        break;
      case 'unroutable':
        await outbox.notifyAgent('replyUnroutable', route.about);
        break;
      case 'refused':
        // Once a day at most: somebody who keeps writing must not use up the budget of the desk.
        await outbox.notifyAgent('replyRefused', route.about, {}, `agent:${route.agentId}`);
        break;
      case 'words':
        await advisor.notify(route, update.update_id);
        break;
      case 'edited': {
        const { agentId, message } = route;
        const about = { chatId: message.chat.id, messageId: message.message_id };
        await advisor.notify({ words: 'replyEdited', about, agentId }, update.update_id);
        await fingerprints.remember(message);
        break;
      }
      case 'reply': {
        const { threadId, message } = route;
        const receivedAtMs = this.#receivedAtMs(message);
        const item = { threadId, message, receivedAtMs, takenBy: [] };
        const [taken] = await Promise.all([
          this.#take(update.update_id, item),
          fingerprints.remember(message),
        ]);
        return taken;
      }
    }
    return { persisted: Promise.resolve() };
  }

  /** Another process may have learnt that the group became a supergroup, under whose other id this is written. */
  async #route(update: Update): Promise<Route> {
    const { adminChat, router } = this.#parts;
    const chat = saidIn(update)?.message.chat;
    if (chat && !adminChat.is(chat) && adminChat.mayBe(chat)) await adminChat.restore();
    return router.route(update);
  }

  /** Finishes what is being handled. What is left was not acknowledged, or is named in the log. */
  async close(): Promise<void> {
    const lanes = await this.#parts.queue.close(CLOSE_GRACE_MS);
    const replies = lanes.filter((lane) => lane.startsWith(THREAD_LANE));
    if (this.#parts.isDurable || lanes.length === 0) return;
    if (replies.length > 0) {
      this.#logger.error(
        `The process ends with replies that the app has not taken; their lanes: ${listKeys(replies)}`,
      );
    }
    if (lanes.length > replies.length) {
      const count = lanes.length - replies.length;
      this.#logger.warn(`The process ends: ${count} of the replies that were taken gets no 👍`);
    }
  }

  /**
   * Never before the notice that it answers, whichever clocks have seen the two. Not every reply names its
   * notice, but none is older than it by Telegram's clock.
   */
  #receivedAtMs({ date, reply_to_message: notice }: Message): number {
    return Math.max(this.#parts.clock.now(), date * 1000, (notice?.date ?? 0) * 1000);
  }

  async #take(updateId: number, item: ReplyEvent): Promise<TakenUpdate> {
    const taken = await this.#store(updateId, item);
    if (this.#parts.isDurable) await this.#tellIfItWaits(item);
    return taken;
  }

  /** The reply is stored; an agent who waits for its 👍 is to know why there is none. */
  async #tellIfItWaits({ message }: ReplyEvent): Promise<void> {
    const about = { chatId: message.chat.id, messageId: message.message_id };
    try {
      await this.#subscription?.refresh();
      if (await this.#subscription?.isAnybodyThere()) return;
      const agentId = message.sender_chat?.id ?? message.from?.id;
      const hour = Math.floor(this.#parts.clock.now() / HOUR_MS);
      await this.#parts.outbox.notifyAgent('replyWaits', about, {}, `${agentId}:${hour}`);
    } catch (error) {
      this.#logger.warn(
        `Whether a process takes the reply is not known: ${this.#logger.describe(error)}`,
      );
    }
  }

  async #store(updateId: number, item: ReplyEvent): Promise<TakenUpdate> {
    const push = this.#parts.queue.enqueue(THREAD_LANE + item.threadId, `update:${updateId}`, item);
    // What is stored is safe at once, and only a store can keep anybody waiting.
    if (this.#parts.isDurable) return withTimeout(push, STORE_TIMEOUT_MS);
    return { persisted: this.#held((await push).persisted) };
  }

  /** Rejects when the work does, resolves with it, or after {@link HOLD_MS} at the latest. */
  #held(work: Promise<void>): Promise<void> {
    return this.#deadlines.race(work, HOLD_MS, () => undefined);
  }
}
