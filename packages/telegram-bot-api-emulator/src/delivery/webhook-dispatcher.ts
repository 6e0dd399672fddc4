import type { Clock, Timer } from '../time/clock.js';
import type { SeededRandom } from '../common/seeded-random.js';
import { DeliveryConcurrency } from './delivery-concurrency.js';
import type { DeliveryFault } from './delivery-fault.js';
import type { PendingUpdate, UpdateQueue } from './update-queue.js';
import { createDelivery, type RecordedDelivery, type WebhookDelivery } from './webhook-delivery.js';
import type { WebhookReply } from './webhook-reply.js';
import { RetrySchedule } from './retry-schedule.js';
import { type WebhookAnswer, WebhookSender } from './webhook-sender.js';
import { isLoopback, type WebhookSettings } from './webhook-settings.js';

/** What a dispatcher works with. */
export interface WebhookDispatcherContext {
  readonly clock: Clock;
  readonly queue: UpdateQueue;
  readonly random: SeededRandom;
  /** All deliveries of all bots, the oldest first. */
  readonly deliveries: WebhookDelivery[];
  readonly botId: number;
  /** Performs the method in the answer of a webhook. */
  readonly onReply: (reply: WebhookReply) => void;
  /** Called whenever a delivery has ended. */
  readonly onChange: () => void;
}

/** How the delivery of the updates of one key stands. */
interface KeyState {
  isBusy: boolean;
  readonly retries: RetrySchedule;
  timer?: Timer;
}

/** A webhook that answers 410 for this long is removed (telegram-bot-api, WebhookActor.cpp:637-648). */
const GONE_TIMEOUT_MS = 23 * 60 * 60 * 1000;

/**
 * Delivers the updates of a queue to the webhook: one at a time per key, as many keys at once as
 * the webhook has connections, again until the answer is 2xx or the update has expired
 * (telegram-bot-api, WebhookActor.cpp:363-375, 457-523).
 */
export class WebhookDispatcher {
  readonly #context: WebhookDispatcherContext;
  readonly #faults: DeliveryFault[] = [];
  /** The keys whose next update waits for the one behind it. */
  readonly #reordered = new Set<string>();
  #sender: WebhookSender;
  #concurrency: DeliveryConcurrency | undefined;
  #connectionTimer: Timer | undefined;
  #states = new Map<string, KeyState>();
  #settings: WebhookSettings | undefined;
  #lastError: { readonly date: number; readonly message: string } | undefined;
  #goneSince: number | undefined;

  constructor(context: WebhookDispatcherContext) {
    this.#context = context;
    this.#sender = new WebhookSender(context.clock);
  }

  /** The webhook, if one is set. */
  get settings(): WebhookSettings | undefined {
    return this.#settings;
  }

  /** The last delivery that failed since the webhook was set. */
  get lastError(): { readonly date: number; readonly message: string } | undefined {
    return this.#lastError;
  }

  /** Whether an update is at the webhook right now. */
  get isBusy(): boolean {
    return [...this.#states.values()].some((state) => state.isBusy);
  }

  /** Lets the next delivery go wrong, after those that were planned before. */
  addFault(fault: DeliveryFault): void {
    this.#faults.push(fault);
  }

  /** Sets another webhook, or none; what is under way is given up and sent again. */
  use(settings: WebhookSettings | undefined): void {
    const { clock } = this.#context;
    this.#sender.abort();
    this.#connectionTimer?.cancel();
    for (const state of this.#states.values()) state.timer?.cancel();
    this.#sender = new WebhookSender(clock);
    this.#concurrency = settings && new DeliveryConcurrency(clock, settings.maxConnections);
    this.#states = new Map();
    this.#lastError = undefined;
    this.#goneSince = undefined;
    this.#settings = settings;
    this.pump();
  }

  /** Sends whatever may be sent now. */
  pump(): void {
    const settings = this.#settings;
    if (!settings || !isLoopback(settings.url)) return;
    for (const key of this.#context.queue.keys) {
      const state = this.#stateOf(key, settings);
      if (!state || state.isBusy || state.timer) continue;
      const update = this.#next(key);
      if (update && !this.#start(update, state, settings)) return;
    }
  }

  /** The state of a key, unless so many others have failed that Telegram does not look at it. */
  #stateOf(key: string, settings: WebhookSettings): KeyState | undefined {
    const known = this.#states.get(key);
    if (known || this.#states.size >= 2 * settings.maxConnections) return known;
    const state = { isBusy: false, retries: new RetrySchedule(this.#context.random) };
    this.#states.set(key, state);
    return state;
  }

  /** The update of a key that is next; those that have expired are dropped. */
  #next(key: string): PendingUpdate | undefined {
    const { queue, clock } = this.#context;
    const update = queue.head(key);
    if (!update) {
      this.#states.delete(key);
      return undefined;
    }
    if (this.#faults[0]?.kind === 'reorder' && !this.#reordered.has(key)) {
      this.#faults.shift();
      this.#reordered.add(key);
    }
    if (this.#reordered.has(key)) {
      if (!queue.swap(key)) return undefined;
      this.#reordered.delete(key);
      return queue.head(key);
    }
    if (update.expiresAt > clock.monotonicMs()) return update;
    this.#drop(update);
    return undefined;
  }

  /** Gives an update up; the next one of its key begins anew. */
  #drop(update: PendingUpdate): void {
    this.#states.delete(update.key);
    this.#context.queue.remove(update);
  }

  #start(update: PendingUpdate, state: KeyState, settings: WebhookSettings): boolean {
    const waitMs = this.#concurrency?.take();
    if (waitMs === 0) {
      state.isBusy = true;
      void this.#deliver(update, state, settings);
      return true;
    }
    this.#connectionTimer?.cancel();
    if (waitMs !== undefined) {
      this.#connectionTimer = this.#context.clock.setTimer(() => this.pump(), waitMs);
    }
    return false;
  }

  async #deliver(update: PendingUpdate, state: KeyState, settings: WebhookSettings): Promise<void> {
    const { clock, deliveries, botId } = this.#context;
    const { url, secretToken } = settings;
    const { body } = update;
    const headers = this.#sender.createHeaders(url, secretToken, body);
    const delivery: RecordedDelivery = createDelivery({
      botId,
      body,
      url,
      headers,
      at: clock.now(),
    });
    deliveries.push(delivery);
    // What changes the order has its say when the next update is chosen.
    const fault = this.#faults[0]?.kind === 'reorder' ? undefined : this.#faults.shift();
    const sent = await this.#sender.send(url, headers, body);
    delivery.status = sent.status;
    const answer =
      fault?.kind === 'drop' ? { status: null, error: 'Connection reset by peer' } : sent;
    if (answer.error !== undefined) delivery.error = answer.error;
    // Another webhook was set meanwhile, or none: the update waits for that one.
    if (this.#states.get(update.key) !== state) return;
    state.isBusy = false;
    this.#concurrency?.release(answer.status !== null);
    if (answer.status !== null && answer.status >= 200 && answer.status <= 299) {
      this.#succeed(update, answer, fault);
    } else {
      this.#fail(update, answer, state);
    }
    this.pump();
    this.#context.onChange();
  }

  #succeed(update: PendingUpdate, { reply }: WebhookAnswer, fault?: DeliveryFault): void {
    const { queue } = this.#context;
    this.#concurrency?.succeed();
    this.#goneSince = undefined;
    this.#states.delete(update.key);
    const isDuplicated = fault?.kind === 'duplicate';
    if (!isDuplicated || fault.newUpdateId === true) queue.remove(update);
    if (isDuplicated && fault.newUpdateId === true) queue.repeat(update);
    if (reply) this.#context.onReply(reply);
  }

  #fail(update: PendingUpdate, answer: WebhookAnswer, state: KeyState): void {
    const { clock } = this.#context;
    const now = clock.monotonicMs();
    if (answer.error !== undefined) {
      this.#lastError = { date: Math.floor(clock.now() / 1000), message: answer.error };
    }
    this.#goneSince = answer.status === 410 ? (this.#goneSince ?? now) : undefined;
    if (this.#goneSince !== undefined && now - this.#goneSince > GONE_TIMEOUT_MS) {
      this.use(undefined);
      return;
    }
    const delayMs = state.retries.next(answer.retryAfterSeconds) * 1000;
    if (now + delayMs > update.expiresAt) {
      this.#drop(update);
    } else if (delayMs > 0) {
      state.timer = clock.setTimer(() => {
        state.timer = undefined;
        this.pump();
      }, delayMs);
    }
  }
}
