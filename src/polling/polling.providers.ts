import type { Provider } from '@nestjs/common';
import { BotStorage } from '../storage/bot-storage.js';
import { LEASE_LIFE_MS, LeaderElection, POLLING_LEASE } from './leader-election.js';
import { PollingLog } from './polling-log.js';
import { UpdateFetcher } from './update-fetcher.js';
import { UpdatePoller } from './update-poller.js';

/** What polls for the updates of one bot. Used with `updates: 'polling'` only. */
export const pollingProviders: Provider[] = [
  UpdatePoller,
  UpdateFetcher,
  LeaderElection,
  PollingLog,
  {
    provide: POLLING_LEASE,
    inject: [BotStorage],
    useFactory: (storage: BotStorage) => storage.lease('polling', LEASE_LIFE_MS),
  },
];
