import { Logger } from '@nestjs/common';
import type { Update } from '@grammyjs/types';
import { within } from '../clock/within.js';
import type { Clock, Timer } from '../clock/clock.js';
import type { AdminChat } from '../desk/admin-chat.js';
import type { LaneQueue } from '../lanes/lane.queue.js';
import type { OutboxService } from '../outbox/outbox.service.js';
import type { InboxItem } from './inbox-item.interface.js';
import { messageOf } from './update.guard.js';
import type { Route, UpdateRouter } from './update.router.js';

/**
 * How long Telegram waits for the answer while a reply is handled in memory. Less than the 60 s after
 * which it would send the update again (WebhookActor.cpp), and than the 30 s of common proxies.
 */
export const HOLD_MS = 15_000;

/** How long storing may take before Telegram is asked to come back later. */
const STORE_TIMEOUT_MS = 2_000;

/** How long {@link InboxService.close} waits for replies that are being handled. */
const CLOSE_GRACE_MS = 10_000;

/** What {@link InboxService} works with. */
export interface InboxServiceParts {
  readonly adminChat: AdminChat;
  readonly clock: Clock;
  readonly outbox: OutboxService;
  readonly queue: LaneQueue<InboxItem>;
  /** Whether the queue outlives this process. */
  readonly isDurable: boolean;
  readonly router: UpdateRouter;
}

/** Takes the updates that come through any door. */
export class InboxService {
  readonly #logger = new Logger(InboxService.name);
  readonly #parts: InboxServiceParts;

  constructor(parts: InboxServiceParts) {
    this.#parts = parts;
  }

  /**
   * Resolves when Telegram may forget the update: when it is stored, or, where nothing durable can
   * store it, when it has been handled, or has kept Telegram waiting for {@link HOLD_MS}.
   *
   * @throws When it could not be stored. Telegram has to keep it and deliver it again.
   */
  async accept(update: Update): Promise<void> {
    const { adminChat, outbox } = this.#parts;
    const route = await this.#route(update);
    switch (route.kind) {
      case 'ignore':
        return;
      case 'moved':
        adminChat.moveTo(route.chatId);
        return;
      case 'unroutable':
        return outbox.tellAgent('replyUnroutable', route.about);
      case 'refused':
        // Once a day: somebody who keeps writing must not use up the budget of the desk.
        return outbox.tellAgent('replyRefused', route.about, {}, `agent:${route.agentId}`);
      case 'reply':
        return this.#take(update.update_id, {
          threadId: route.threadId,
          message: route.message,
          takenBy: [],
        });
    }
  }

  /** Another process may have learnt that the group became the very supergroup that this update is from. */
  async #route(update: Update): Promise<Route> {
    const { adminChat, router } = this.#parts;
    const route = await router.route(update);
    const isElsewhere = route.kind === 'ignore' && messageOf(update)?.chat.type === 'supergroup';
    if (!isElsewhere || !adminChat.mayMove || !(await adminChat.restore())) return route;
    return router.route(update);
  }

  /** Finishes what is being handled. What is left was not acknowledged, or is named in the log. */
  async close(): Promise<void> {
    const lanes = await this.#parts.queue.close(CLOSE_GRACE_MS);
    if (this.#parts.isDurable || lanes.length === 0) return;
    this.#logger.error(
      `The process ends with replies that the app has not taken; their lanes: ${lanes.join(', ')}`,
    );
  }

  async #take(updateId: number, item: InboxItem): Promise<void> {
    const push = this.#parts.queue.push(`thread:${item.threadId}`, `update:${updateId}`, item);
    const { safe } = await within(push, STORE_TIMEOUT_MS);
    await this.#held(safe);
  }

  /** Rejects when the work does, resolves with it, or after {@link HOLD_MS} at the latest. */
  async #held(work: Promise<void>): Promise<void> {
    let timer: Timer | undefined;
    const held = new Promise<void>((resolve) => {
      timer = this.#parts.clock.setTimer(resolve, HOLD_MS);
    });
    await Promise.race([work, held]).finally(() => timer?.cancel());
  }
}
