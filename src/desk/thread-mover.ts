import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { ErrorDescriber } from '../errors/index.js';
import type { NotifyResult } from '../outbound/notify-result.js';
import type { ThreadMove, ThreadRecord } from '../threads/thread-record.interface.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';
import { Desks } from './desks.js';

/** Moves threads from one desk of a bot to another. */
@Injectable()
export class ThreadMover {
  readonly #logger: ThrottledLogger;

  constructor(
    private readonly desks: Desks,
    private readonly threads: ThreadStateRepository,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(ThreadMover.name, errors);
  }

  /** Gives the thread to the desk, which begins when the former one has posted what waits there. Never rejects. */
  async move(threadId: string, to: string): Promise<NotifyResult> {
    const id = randomUUID();
    try {
      await this.#move(threadId, to, id);
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

  async #move(threadId: string, to: string, id: string): Promise<void> {
    const record = await this.threads.find(threadId);
    if (!record) {
      await this.threads.claim(threadId, to);
      return;
    }
    // Asked again after a failure, it goes on with the move that is not over; both lines are queued once.
    const begun = record.desk === to ? record.move : undefined;
    if (record.desk === to && !begun) return;
    const former = await this.desks.get(begun?.from ?? record.desk);
    const next = await this.desks.get(to);
    // It has stood in for a desk that this process lacks.
    const move = former === next ? null : (begun ?? { id, from: former.name });
    if (move !== begun && !(await this.#store(record, to, move))) {
      return this.#move(threadId, to, id);
    }
    if (!move) return;
    await former.outbound.notifyOfThread('thread_moved', threadId, move.id, { desk: to });
    await next.outbound.notifyOfThread('thread_arrived', threadId, move.id, { desk: move.from });
  }

  /** @returns False when the thread has been moved meanwhile. */
  #store({ threadId, desk, move: former }: ThreadRecord, to: string, move: ThreadMove | null) {
    return this.threads.updateIf(threadId, { desk, move: former }, { desk: to, move });
  }
}
