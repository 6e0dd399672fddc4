import type { Provider } from '@nestjs/common';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ErrorDescriber } from '../errors/index.js';
import {
  ACKNOWLEDGEMENT_QUEUE,
  INBOUND_QUEUE,
  MAX_ALBUM_FILES,
} from '../inbound/inbound.constants.js';
import { priorityOf } from '../outbound/job-priority.js';
import { isMissed, OUTBOUND_QUEUE } from '../outbound/outbound.constants.js';
import { RETRY_DELAYS_MS } from '../queue/queue.constants.js';
import { DeskStorage } from '../storage/desk-storage.js';
import { JobTraces, NoJobTraces } from '../telemetry/job-traces.js';
import { OpenTelemetry } from '../telemetry/open-telemetry.js';
import { TIMER_QUEUE } from '../timers/timers.constants.js';

/** The queues of a desk: one for each direction, one for the acknowledgements of replies, and one for what waits for its time. */
export const deskQueueProviders: Provider[] = [
  {
    provide: OUTBOUND_QUEUE,
    inject: [DeskStorage, ErrorDescriber, OpenTelemetry],
    useFactory: (storage: DeskStorage, errors: ErrorDescriber, telemetry: OpenTelemetry | null) =>
      storage.outbox({
        retry: { attempts: 5, delaysMs: RETRY_DELAYS_MS },
        batchSize: 100,
        // Telegram takes the messages of one chat one after the other, so more senders gain nothing.
        concurrency: 1,
        priorityOf,
        isMissed,
        tracing: telemetry ? new JobTraces(telemetry) : undefined,
        errors,
      }),
  },
  {
    provide: INBOUND_QUEUE,
    inject: [DeskStorage, ErrorDescriber, OpenTelemetry],
    useFactory: (storage: DeskStorage, errors: ErrorDescriber, telemetry: OpenTelemetry | null) =>
      storage.inbox({
        // Each handler has attempts of its own; the dispatcher says when they are used up.
        retry: { attempts: Number.MAX_SAFE_INTEGER, delaysMs: RETRY_DELAYS_MS },
        // All files of an album are looked at together, and what comes between them.
        batchSize: 2 * MAX_ALBUM_FILES,
        // As many threads have their replies handled at the same time.
        concurrency: 50,
        tracing: telemetry ? new JobTraces(telemetry) : undefined,
        errors,
      }),
  },
  {
    provide: ACKNOWLEDGEMENT_QUEUE,
    inject: [DeskStorage, ErrorDescriber, OpenTelemetry],
    useFactory: (storage: DeskStorage, errors: ErrorDescriber, telemetry: OpenTelemetry | null) =>
      storage.acknowledgements({
        // The processor says when it is tried again, and when it is given up.
        retry: { attempts: Number.MAX_SAFE_INTEGER, delaysMs: RETRY_DELAYS_MS },
        batchSize: 1,
        // Telegram takes 30 calls a second of a bot.
        concurrency: 10,
        tracing: telemetry ? new JobTraces(telemetry) : undefined,
        errors,
      }),
  },
  {
    provide: TIMER_QUEUE,
    inject: [DeskStorage, TelegramSettings, ErrorDescriber, OpenTelemetry],
    useFactory: (
      storage: DeskStorage,
      settings: TelegramSettings,
      errors: ErrorDescriber,
      telemetry: OpenTelemetry | null,
    ) =>
      settings.hasTimers
        ? storage.timers({
            // What is due stays due until it is done.
            retry: { attempts: Number.MAX_SAFE_INTEGER, delaysMs: RETRY_DELAYS_MS },
            // A job that waits stands for all that come behind it.
            batchSize: 100,
            concurrency: 4,
            tracing: telemetry ? new NoJobTraces(telemetry) : undefined,
            errors,
          })
        : null,
  },
];
