import { DEFAULT_OPTIONS } from './default-options.js';
import type { ReminderOptions } from './reminder.options.js';

/** What happens with conversations that wait too long, in milliseconds; null for what does not happen. */
export interface ReminderSettings {
  readonly firstReplyMs: number | null;
  readonly nextReplyMs: number | null;
  readonly escalateMs: number;
  /** From the answer to the word that the conversation is going to be closed. */
  readonly silenceMs: number | null;
  /** From that word to the end of the conversation. */
  readonly closeWarningMs: number;
  readonly closeNotice: string | undefined;
}

/** The share of the time until a conversation is closed that is left when agents learn of it. */
const WARNING_SHARE = 0.25;

export function remindersOf(given: ReminderOptions): ReminderSettings {
  const { firstReplyMs = null, closeAfterMs } = given;
  const defaults = DEFAULT_OPTIONS.reminders;
  const longestMs = Math.min(
    Math.ceil((closeAfterMs ?? 0) * WARNING_SHARE),
    defaults.closeWarningMs,
  );
  const closeWarningMs = Math.min(given.closeWarningMs ?? longestMs, closeAfterMs ?? 0);
  return {
    firstReplyMs,
    nextReplyMs: given.nextReplyMs ?? firstReplyMs,
    escalateMs: given.escalateMs ?? defaults.escalateMs,
    silenceMs: closeAfterMs === undefined ? null : closeAfterMs - closeWarningMs,
    closeWarningMs,
    closeNotice: given.closeNotice,
  };
}
