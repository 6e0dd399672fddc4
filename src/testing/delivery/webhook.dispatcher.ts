import type { Clock, Timer } from '../../clock/clock.js';
import type { PendingUpdate, UpdateQueue } from './update.queue.js';
import { createDelivery, type RecordedDelivery, type WebhookDelivery } from './webhook.delivery.js';
import { type WebhookAnswer, WebhookSender } from './webhook.sender.js';
import { isLoopback, type WebhookSettings } from './webhook.settings.js';

/** How a lane of updates stands with the webhook. */
interface Lane {
  isBusy: boolean;
  failures: number;
  timer?: Timer;
}

/**
 * The wait after the first, second, … failure of an update, in seconds. From then on Telegram waits
 * 60 to 120 seconds at random; here it is always 60, so that a test knows how long.
 */
const RETRY_SECONDS = [0, 2, 4, 8, 16, 32, 60];
const MAX_RETRY_AFTER_SECONDS = 3_600;

/**
 * Delivers the updates of a queue to the webhook: one at a time per key, as many keys at once as
 * the webhook has connections, again until the answer is 2xx (telegram-bot-api, WebhookActor.cpp:457-523).
 * What the answer says is not looked at, so a method in it is not performed; nor are connections
 * opened more slowly while none has had a success, as Telegram does.
 */
export class WebhookDispatcher {
  /** All deliveries, the oldest first. */
  readonly deliveries: WebhookDelivery[] = [];
  readonly #clock: Clock;
  readonly #queue: UpdateQueue;
  #sender: WebhookSender;
  #lanes = new Map<string, Lane>();
  #settings: WebhookSettings | undefined;
  #lastError: { readonly date: number; readonly message: string } | undefined;

  constructor(clock: Clock, queue: UpdateQueue) {
    this.#clock = clock;
    this.#queue = queue;
    this.#sender = new WebhookSender(clock);
  }

  /** The webhook, if one is set. */
  get settings(): WebhookSettings | undefined {
    return this.#settings;
  }

  /** The last delivery that failed since the webhook was set. */
  get lastError(): { readonly date: number; readonly message: string } | undefined {
    return this.#lastError;
  }

  /** Sets another webhook, or none; what is under way is given up and sent again. */
  use(settings: WebhookSettings | undefined): void {
    this.#sender.abort();
    for (const lane of this.#lanes.values()) lane.timer?.cancel();
    this.#sender = new WebhookSender(this.#clock);
    this.#lanes = new Map();
    this.#lastError = undefined;
    this.#settings = settings;
    this.pump();
  }

  /** Sends whatever may be sent now. */
  pump(): void {
    const settings = this.#settings;
    if (!settings || !isLoopback(settings.url)) return;
    let busy = [...this.#lanes.values()].filter((lane) => lane.isBusy).length;
    for (const key of this.#queue.keys) {
      if (busy >= settings.maxConnections) return;
      const lane = this.#lanes.get(key) ?? { isBusy: false, failures: 0 };
      const update = this.#queue.head(key);
      if (lane.isBusy || lane.timer || !update) continue;
      lane.isBusy = true;
      busy++;
      this.#lanes.set(key, lane);
      void this.#deliver(update, lane, settings);
    }
  }

  async #deliver(update: PendingUpdate, lane: Lane, settings: WebhookSettings): Promise<void> {
    const { url, secretToken } = settings;
    const { body } = update;
    const headers = this.#sender.createHeaders(url, secretToken, body);
    const delivery: RecordedDelivery = createDelivery({
      body,
      url,
      headers,
      at: this.#clock.now(),
    });
    this.deliveries.push(delivery);
    const answer = await this.#sender.send(url, headers, body);
    const { status, error } = answer;
    delivery.status = status;
    if (error !== undefined) delivery.error = error;
    // Another webhook was set meanwhile, or none: the update waits for that one.
    if (this.#lanes.get(update.key) !== lane) return;
    lane.isBusy = false;
    if (status !== null && status >= 200 && status <= 299) {
      this.#lanes.delete(update.key);
      this.#queue.remove(update);
    } else {
      this.#fail(answer, lane);
    }
    this.pump();
  }

  #fail(answer: WebhookAnswer, lane: Lane): void {
    if (answer.error !== undefined) {
      const date = Math.floor(this.#clock.now() / 1000);
      this.#lastError = { date, message: answer.error };
    }
    const asked = answer.retryAfterSeconds;
    const seconds =
      asked === undefined || asked === 0
        ? (RETRY_SECONDS[lane.failures++] ?? RETRY_SECONDS.at(-1) ?? 0)
        : Math.min(asked, MAX_RETRY_AFTER_SECONDS);
    if (seconds === 0) return;
    lane.timer = this.#clock.setTimer(() => {
      lane.timer = undefined;
      this.pump();
    }, seconds * 1000);
  }
}
