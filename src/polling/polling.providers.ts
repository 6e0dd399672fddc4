import type { Provider } from '@nestjs/common';
import { DeskStorage } from '../storage/desk-storage.js';
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
    inject: [DeskStorage],
    useFactory: (storage: DeskStorage) => storage.lease('polling', LEASE_LIFE_MS),
  },
];
