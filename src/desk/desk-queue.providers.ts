import type { Provider } from '@nestjs/common';
import { ErrorDescriber } from '../errors/index.js';
import {
  ACKNOWLEDGEMENT_QUEUE,
  INBOUND_QUEUE,
  MAX_ALBUM_FILES,
} from '../inbound/inbound.constants.js';
import { priorityOf } from '../outbound/job-priority.js';
import { OUTBOUND_QUEUE } from '../outbound/outbound.constants.js';
import { DeskStorage } from '../storage/desk-storage.js';

const RETRY_DELAYS_MS: readonly number[] = [1_000, 5_000, 30_000, 120_000];

/** The queues of a desk: one for each direction, and one for the acknowledgements of replies. */
export const deskQueueProviders: Provider[] = [
  {
    provide: OUTBOUND_QUEUE,
    inject: [DeskStorage, ErrorDescriber],
    useFactory: (storage: DeskStorage, errors: ErrorDescriber) =>
      storage.outbox({
        retry: { attempts: 5, delaysMs: RETRY_DELAYS_MS },
        batchSize: 100,
        // Telegram takes the messages of one chat one after the other, so more senders gain nothing.
        concurrency: 1,
        priorityOf,
        errors,
      }),
  },
  {
    provide: INBOUND_QUEUE,
    inject: [DeskStorage, ErrorDescriber],
    useFactory: (storage: DeskStorage, errors: ErrorDescriber) =>
      storage.inbox({
        // Each handler has attempts of its own; the dispatcher says when they are used up.
        retry: { attempts: Number.MAX_SAFE_INTEGER, delaysMs: RETRY_DELAYS_MS },
        // All files of an album are looked at together, and what comes between them.
        batchSize: 2 * MAX_ALBUM_FILES,
        // As many threads have their replies handled at the same time.
        concurrency: 50,
        errors,
      }),
  },
  {
    provide: ACKNOWLEDGEMENT_QUEUE,
    inject: [DeskStorage, ErrorDescriber],
    useFactory: (storage: DeskStorage, errors: ErrorDescriber) =>
      storage.acknowledgements({
        // The processor says when it is tried again, and when it is given up.
        retry: { attempts: Number.MAX_SAFE_INTEGER, delaysMs: RETRY_DELAYS_MS },
        batchSize: 1,
        // Telegram takes 30 calls a second of a bot.
        concurrency: 10,
        errors,
      }),
  },
];
