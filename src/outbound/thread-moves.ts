import { Injectable } from '@nestjs/common';
import { DeskDirectory } from '../desk/desk-directory.js';
import { UNCLAIMED } from '../threads/thread-claims.js';
import type { Agent } from '../updates/agent.js';
import type { ThreadMove, ThreadRecord } from '../threads/thread-record.interface.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';
import { JobForwarder } from './job-forwarder.js';
import type { DeskNotifiedJob } from './jobs/desk-notified-job.interface.js';

/**
 * Begins moves of threads to other desks, one after the other: a move that is wanted while another one is under way
 * begins when that is over.
 *
 * All methods throw when the store does not answer, and may be called again then.
 */
@Injectable()
export class ThreadMoves {
  constructor(
    private readonly threads: ThreadStateRepository,
    private readonly forwarder: JobForwarder,
    private readonly desks: DeskDirectory,
  ) {}

  /**
   * Gives the thread to the desk, in place of a move that waits or is under way.
   *
   * @returns False when the record is not as it was found.
   */
  async start(record: ThreadRecord, to: string, id: string, agent?: Agent): Promise<boolean> {
    const { threadId, desk, move: former, nextMove, assigneeId, claimId } = record;
    const from = await this.forwarder.nameOf(desk);
    // It has stood in for a desk that this process lacks.
    const move = from === to ? null : { id, from, agent };
    const expected = { desk, move: former, nextMove, ...(move && { assigneeId, claimId }) };
    const isStarted = await this.threads.updateIf(threadId, expected, {
      desk: to,
      move,
      nextMove: null,
      // Its agents are others, and have not been reminded.
      ...(move && { ...UNCLAIMED, overdueSinceMs: null }),
    });
    if (isStarted && move) await this.announce(threadId, move, to);
    return isStarted;
  }

  /** Queues a line at the desk that the thread leaves, one at the desk that gets it, and an event for the app; each once. */
  async announce(threadId: string, { id, from, agent }: ThreadMove, to: string): Promise<void> {
    await this.#queueLine(from, id, { code: 'thread_moved', threadId, desk: to });
    await this.#queueLine(to, id, { code: 'thread_arrived', threadId, desk: from });
    const { events } = await this.desks.get(to);
    const transfer = { id: `transferred:${id}`, threadId, formerDesk: from, agent: agent ?? null };
    await events.publishTransferred(transfer);
  }

  /**
   * Has the thread go on to the desk when the move that is under way is over. Of several such moves the last one counts.
   *
   * @returns False when the record is not as it was found.
   */
  async startLater(record: ThreadRecord, to: string, id: string, agent?: Agent): Promise<boolean> {
    const { threadId, desk, move, nextMove: former } = record;
    const nextMove = former?.to === to ? former : { id, to, agent };
    const expected = { desk, move, nextMove: former };
    if (!(await this.threads.updateIf(threadId, expected, { nextMove }))) return false;
    // In a key of its own, which no message waits for.
    await this.forwarder.forward(to, `move:${threadId}`, {
      id: `move:${nextMove.id}`,
      payload: { v: 1, type: 'move.requested', threadId, moveId: nextMove.id },
    });
    return true;
  }

  #queueLine(
    desk: string,
    moveId: string,
    line: Required<Pick<DeskNotifiedJob, 'code' | 'threadId' | 'desk'>>,
  ): Promise<void> {
    return this.forwarder.forward(desk, `thread:${line.threadId}`, {
      id: `${line.code}:${moveId}`,
      payload: { v: 1, type: 'desk.notified', ...line, moveId },
    });
  }
}
