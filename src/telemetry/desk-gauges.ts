import { Inject, Injectable } from '@nestjs/common';
import type { Attributes, BatchObservableCallback, ObservableGauge } from '@opentelemetry/api';
import { ChatRateLimiter } from '../chat/chat-rate-limiter.js';
import { Clock } from '../common/clock.js';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ErrorDescriber } from '../errors/index.js';
import { ACKNOWLEDGEMENT_QUEUE, INBOUND_QUEUE } from '../inbound/inbound.constants.js';
import { OUTBOUND_QUEUE } from '../outbound/outbound.constants.js';
import type { OrderedQueue } from '../queue/ordered-queue.js';
import { OpenTelemetry } from './open-telemetry.js';
import { RecentReading } from './recent-reading.js';
import { BOT, DESK, DIRECTION, QUEUE } from './telemetry-attributes.js';

/** Redis is read at most this often, however many exporters there are, and only when one of them asks. */
const READ_EVERY_MS = 5_000;

type Queue = Pick<OrderedQueue<unknown>, 'backlog' | 'countDeadLetters'>;

/** While Redis does not answer. Not left out, because the SDK would repeat the last value then. */
const UNKNOWN = Number.NaN;

type Gauges = Readonly<Record<'jobs' | 'age' | 'letters' | 'used', ObservableGauge>>;

/** One value of a gauge. */
interface Reading {
  readonly gauge: ObservableGauge;
  readonly value: number;
  readonly attributes: Attributes;
}

/** The gauges of a desk: what waits, what was given up, and how much of the rate limit is used. */
@Injectable()
export class DeskGauges {
  readonly #logger: ThrottledLogger;
  #stop: () => void = () => undefined;

  constructor(
    @Inject(OpenTelemetry) private readonly telemetry: OpenTelemetry | null,
    @Inject(OUTBOUND_QUEUE) private readonly outbox: Queue,
    @Inject(INBOUND_QUEUE) private readonly inbox: Queue,
    @Inject(ACKNOWLEDGEMENT_QUEUE) private readonly acknowledgements: Queue,
    private readonly rateLimiter: ChatRateLimiter,
    private readonly settings: TelegramSettings,
    private readonly clock: Clock,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(DeskGauges.name, errors);
  }

  /** From now on they have values. */
  start(): void {
    if (!this.telemetry) return;
    const { meter } = this.telemetry;
    const jobs = meter.createObservableGauge('telegram_support.queue.jobs', {
      description: 'Jobs in a queue of the desk, those that are worked on included.',
      unit: '{job}',
    });
    const age = meter.createObservableGauge('telegram_support.queue.oldest_job.age', {
      description: 'How long the oldest job of a queue has been there; 0 when it is empty.',
      unit: 's',
    });
    const letters = meter.createObservableGauge('telegram_support.dead_letters', {
      description: 'Dead letters that wait for a decision.',
      unit: '{letter}',
    });
    const used = meter.createObservableGauge('telegram_support.rate_limit.used', {
      description: 'The share of the rate limit of the admin chat that is used, from 0 to 1.',
      unit: '1',
    });
    const recent = new RecentReading(this.clock, READ_EVERY_MS, () =>
      this.#read({ jobs, age, letters, used }),
    );
    const observe: BatchObservableCallback = async (result) => {
      for (const { gauge, value, attributes } of await recent.get()) {
        result.observe(gauge, value, attributes);
      }
    };
    const gauges = [jobs, age, letters, used];
    meter.addBatchObservableCallback(observe, gauges);
    this.#stop = () => meter.removeBatchObservableCallback(observe, gauges);
  }

  /** Call it before the storage is closed. */
  stop(): void {
    this.#stop();
  }

  async #read({ jobs, age, letters, used }: Gauges): Promise<Reading[]> {
    const { outbox, inbox, acknowledgements, rateLimiter } = this;
    const readings = await Promise.all([
      ...Object.entries({ outbox, inbox, acknowledgements }).map(async ([name, queue]) => {
        const attributes = this.#of({ [QUEUE]: name });
        const backlog = await this.#known(() => queue.backlog());
        const oldestMs = backlog?.oldestMs ?? UNKNOWN;
        return [
          { gauge: jobs, value: backlog?.jobs ?? UNKNOWN, attributes },
          { gauge: age, value: oldestMs / 1_000, attributes },
        ];
      }),
      ...Object.entries({ outbound: outbox, inbound: inbox }).map(async ([direction, queue]) => {
        const value = (await this.#known(() => queue.countDeadLetters())) ?? UNKNOWN;
        return [{ gauge: letters, value, attributes: this.#of({ [DIRECTION]: direction }) }];
      }),
      this.#known(() => rateLimiter.used()).then((share = UNKNOWN) => [
        { gauge: used, value: share, attributes: this.#of({}) },
      ]),
    ]);
    return readings.flat();
  }

  async #known<T>(read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      this.#logger.debug(`A gauge has no value: ${this.#logger.describe(error)}`);
      return undefined;
    }
  }

  #of(more: Attributes): Attributes {
    const { bot, desk } = this.settings;
    return { [BOT]: bot, [DESK]: desk, ...more };
  }
}
