import { Inject, Injectable } from '@nestjs/common';
import { withTimeout } from '../common/with-timeout.js';
import { DeskDirectory } from '../desk/desk-directory.js';
import { OrderedQueue, type EnqueueResult } from '../queue/ordered-queue.js';
import { JobMasker } from './job-masker.js';
import type { OutboundJob } from './jobs/outbound-job.interface.js';
import type { OutboundProgress } from './jobs/outbound-progress.interface.js';
import { OUTBOUND_QUEUE } from './outbound.constants.js';

/** How long whoever queues a job waits for it to be stored. */
const ACCEPT_TIMEOUT_MS = 2_000;

/**
 * Puts jobs for Telegram into a queue, with what agents are not to see masked.
 *
 * Every method throws when a job could not be stored within 2 seconds. It may be stored all the same then.
 */
@Injectable()
export class OutboundEnqueuer {
  constructor(
    @Inject(OUTBOUND_QUEUE) private readonly queue: OrderedQueue<OutboundJob, OutboundProgress>,
    private readonly desks: DeskDirectory,
    private readonly masker: JobMasker,
  ) {}

  /**
   * Queues a job at this desk.
   *
   * @param key Jobs of one key are processed in order.
   * @param id Known for 24 hours or more: one job for each.
   * @param enqueuedAtMs When another desk had the job before; by default now.
   */
  enqueue(
    key: string,
    id: string,
    job: OutboundJob,
    enqueuedAtMs?: number,
  ): Promise<EnqueueResult> {
    return this.#enqueueIn(this.queue, key, id, job, enqueuedAtMs);
  }

  /** Queues a job at the desk that has a chat, which may be this one. At this one, too, when no desk has the chat. */
  async enqueueForChat(
    chatId: number,
    key: string,
    id: string,
    job: OutboundJob,
  ): Promise<EnqueueResult> {
    const desk = await this.desks.ofChat(chatId);
    return this.#enqueueIn(desk?.outboundQueue ?? this.queue, key, id, job);
  }

  /** A client of the app's own may wait for Redis forever; whoever waits here does not. */
  #enqueueIn(
    queue: OrderedQueue<OutboundJob, OutboundProgress>,
    key: string,
    id: string,
    job: OutboundJob,
    enqueuedAtMs?: number,
  ): Promise<EnqueueResult> {
    const stored = this.masker
      .mask(job)
      .then((masked) => queue.enqueue(key, id, masked, enqueuedAtMs));
    return withTimeout(stored, ACCEPT_TIMEOUT_MS);
  }
}
