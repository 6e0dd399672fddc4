import type { AgentDuty } from '../agents/known/agent-duty.js';
import type { SafeLogger } from '../common/safe-logger.js';
import type { TelegramSettings } from '../config/telegram-settings.js';
import type { Diagnostics } from '../monitoring/diagnostics.js';
import type { Desks } from './desks.js';
import type { ThreadMover } from '../outbound/thread-mover.js';

/** What a `TelegramDesk` works with. */
export interface DeskAccess {
  readonly desks: Desks;
  readonly mover: ThreadMover;
  readonly duty: AgentDuty;
  readonly diagnostics: Diagnostics;
  readonly settings: TelegramSettings;
  readonly logger: SafeLogger;
}
