import type { SafeLogger } from '../common/safe-logger.js';
import type { TelegramSettings } from '../config/telegram-settings.js';
import type { Diagnostics } from '../monitoring/diagnostics.js';
import type { Desks } from './desks.js';
import type { ThreadMover } from './thread-mover.js';

/** What a `TelegramDesk` works with. */
export interface DeskAccess {
  readonly desks: Desks;
  readonly mover: ThreadMover;
  readonly diagnostics: Diagnostics;
  readonly settings: TelegramSettings;
  readonly logger: SafeLogger;
}
