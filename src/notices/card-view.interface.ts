import type { ThreadRecord } from '../threads/thread-record.interface.js';

/** How a thread stands, as its card shows it; plain JSON. */
export type CardView = Pick<
  ThreadRecord,
  'status' | 'waitingSinceMs' | 'assigneeId' | 'assigneeName' | 'context' | 'rating'
>;
