import type { Agent } from '../updates/agent.js';
import type { MessageRef } from './message-ref.interface.js';

/** What an agent has done to a thread by a command or a reply. */
export interface AgentsDeed {
  readonly type: 'closed' | 'reopened' | 'revealed' | 'claimed' | 'released';
  /** The app gets the change once for each id. */
  readonly id: string;
  readonly threadId: string;
  readonly agent: Agent;
  readonly message: MessageRef;
  readonly atMs: number;
}

/** What happens in a thread because time passes. */
export interface TimedThreadEvent {
  readonly type: 'outside-hours' | 'overdue' | 'closing-soon' | 'closed';
  /** The app gets the event once for each id. */
  readonly id: string;
  readonly threadId: string;
  /** What the customer is to read. */
  readonly text?: string | undefined;
  readonly opensAtMs?: number | undefined;
  readonly closesAtMs?: number | undefined;
  readonly waitingSinceMs?: number | undefined;
  readonly atMs: number;
}

/** A move of a thread to this desk. */
export interface Transfer {
  readonly id: string;
  readonly threadId: string;
  /** The name of the desk that it has left. */
  readonly formerDesk: string;
  /** Null for the app. */
  readonly agent: Agent | null;
}

/** Has the app know what customers and agents do to threads beside writing. */
export abstract class ThreadEventPublisher {
  /**
   * A customer's message opens a closed thread again. The app gets it once, however often this is called.
   *
   * @param closedAtMs When it was closed, in milliseconds since the Unix epoch.
   * @throws When it could not be stored.
   */
  abstract publishReopened(threadId: string, closedAtMs: number): Promise<void>;

  /** @throws When it could not be stored. */
  abstract publishChange(change: AgentsDeed): Promise<void>;

  /** @throws When it could not be stored. */
  abstract publishTimed(event: TimedThreadEvent): Promise<void>;

  /**
   * A thread is at this desk from now on. The app gets it once for each id.
   *
   * @throws When it could not be stored.
   */
  abstract publishTransferred(transfer: Transfer): Promise<void>;
}
