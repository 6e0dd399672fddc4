import type { Provider } from '@nestjs/common';
import { OutsideHours } from '../hours/outside-hours.js';
import { DeskTimers } from './desk-timers.js';
import { OpeningDigest } from './opening-digest.js';
import { OverdueThreads } from './overdue-threads.js';
import { SilentThreads } from './silent-threads.js';
import { ThreadTimers } from './thread-timers.js';
import { TimerProcessor } from './timer.processor.js';

/** What a desk does when time passes. */
export const timerProviders: Provider[] = [
  DeskTimers,
  OpeningDigest,
  OutsideHours,
  OverdueThreads,
  SilentThreads,
  ThreadTimers,
  TimerProcessor,
];
