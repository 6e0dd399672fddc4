import type { ThreadChanges, ThreadRecord } from './thread-record.interface.js';

/** The name of the desk whose options stand at the top, beside those of the bot. */
export const DEFAULT_DESK = 'default';

/** A record of which nothing has been stored yet. */
export function emptyRecord(threadId: string): ThreadRecord {
  return { threadId, desk: DEFAULT_DESK, status: 'waiting', lastActivityAtMs: 0 };
}

/** A record with some fields set; null removes one, undefined leaves it. */
export function withChanges(
  threadId: string,
  record: ThreadRecord | undefined,
  changes: ThreadChanges,
): ThreadRecord {
  const fields: Record<string, unknown> = { ...(record ?? emptyRecord(threadId)) };
  for (const [field, value] of Object.entries(changes)) {
    if (value === null) delete fields[field];
    else if (value !== undefined) fields[field] = value;
  }
  return { ...emptyRecord(threadId), ...fields };
}
