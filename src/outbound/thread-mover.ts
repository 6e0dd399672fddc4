import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { ErrorDescriber } from '../errors/index.js';
import type { Agent } from '../updates/agent.js';
import type { NotifyResult } from './notify-result.js';
import { ThreadMoves } from './thread-moves.js';
import type { ThreadRecord } from '../threads/thread-record.interface.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';

/** Moves threads from one desk of a bot to another. */
@Injectable()
export class ThreadMover {
  readonly #logger: ThrottledLogger;

  constructor(
    private readonly moves: ThreadMoves,
    private readonly threads: ThreadStateRepository,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(ThreadMover.name, errors);
  }

  /**
   * Gives the thread to the desk, which begins when the former one has posted what waits there, and any former move is
   * over. Never rejects.
   *
   * @param agent Who moves it; undefined for the app.
   */
  async move(threadId: string, to: string, agent?: Agent): Promise<NotifyResult> {
    const id = randomUUID();
    try {
      await this.#move(threadId, to, id, agent);
      return { accepted: true, id };
    } catch (error) {
      const reason = this.#logger.describe(error);
      this.#logger.error(
        `Thread ${threadId} was not moved to the desk "${to}": ${reason}. Move it again once the cause is fixed`,
        reason,
      );
      return { accepted: false, reason: 'unavailable', id };
    }
  }

  async #move(threadId: string, to: string, id: string, agent?: Agent): Promise<void> {
    const record = await this.threads.find(threadId);
    if (!record) {
      await this.threads.claim(threadId, to);
      return;
    }
    const isDone = await this.#moveFrom(record, to, id, agent);
    // The thread has been moved meanwhile.
    if (!isDone) await this.#move(threadId, to, id, agent);
  }

  async #moveFrom(record: ThreadRecord, to: string, id: string, agent?: Agent): Promise<boolean> {
    const { threadId, desk, move, nextMove } = record;
    if (desk !== to) {
      return move
        ? this.moves.startLater(record, to, id, agent)
        : this.moves.start(record, to, id, agent);
    }
    const isLast =
      !nextMove || (await this.threads.updateIf(threadId, { desk, nextMove }, { nextMove: null }));
    // Asked again after a failure, it goes on with the move that is not over; both lines are queued once.
    if (isLast && move) await this.moves.announce(threadId, move, desk);
    return isLast;
  }
}
