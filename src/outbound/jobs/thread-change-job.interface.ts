import type { StoredField } from '../../context/stored-field.interface.js';
import type { Customer } from '../customer.js';

/** The app has closed a thread, opened it again, or wants nothing to be left of it. */
export interface ThreadLifeJob {
  readonly v: 1;
  readonly type: 'thread.closed' | 'thread.reopened' | 'thread.purged';
  readonly threadId: string;
}

/** The app has changed what it says of a thread. */
export interface ThreadUpdatedJob {
  readonly v: 1;
  readonly type: 'thread.updated';
  readonly threadId: string;
  readonly subject?: string | undefined;
  readonly customer?: Customer | undefined;
  readonly url?: string | undefined;
  readonly context?: readonly StoredField[] | undefined;
}

/** The app has given a thread to an agent, or to nobody. */
export interface ThreadAssignedJob {
  readonly v: 1;
  readonly type: 'thread.assigned';
  readonly threadId: string;
  /** Null for nobody. */
  readonly agentId: number | null;
  readonly name?: string | undefined;
}

/** A thread is to be changed, in order with its messages. */
export type ThreadChangeJob = ThreadLifeJob | ThreadUpdatedJob | ThreadAssignedJob;
