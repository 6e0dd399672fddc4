import { Injectable } from '@nestjs/common';
import { Backoff } from '../common/backoff.js';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { BotApiError, BotApiRateLimitError, ErrorDescriber } from '../errors/index.js';
import type { JobBatch, Pause } from '../queue/job-processor.interface.js';
import { ThreadClaims } from '../threads/thread-claims.js';
import type { OutboundJob } from './jobs/outbound-job.interface.js';
import { NOTHING_SENT, type OutboundProgress } from './jobs/outbound-progress.interface.js';
import type { ThreadChangeJob, ThreadUpdatedJob } from './jobs/thread-change-job.interface.js';
import { DeskNotices } from './desk-notices.js';
import { labelsOf } from './posted-notice.js';
import { ThreadPurger } from './thread-purger.js';
import { ThreadService, type ThreadDetails } from './thread.service.js';

/** Changes threads as the app wants it, in order with their messages. */
@Injectable()
export class ThreadChangeProcessor {
  readonly #logger: ThrottledLogger;

  constructor(
    private readonly threads: ThreadService,
    private readonly claims: ThreadClaims,
    private readonly deskNotices: DeskNotices,
    private readonly purger: ThreadPurger,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(ThreadChangeProcessor.name, errors);
  }

  /** @throws When the store has failed, which is tried again. */
  async process(
    batch: JobBatch<OutboundJob, OutboundProgress>,
    job: ThreadChangeJob,
  ): Promise<Pause> {
    const updates = updatesAtOnce(batch);
    try {
      if (updates.length > 1) await this.#update(updates);
      else await this.#change(job, batch.jobs[0]?.id ?? '', batch.key);
    } catch (error) {
      if (error instanceof BotApiError) return this.#wait(batch, job, error);
      throw error;
    }
    await batch.complete(Math.max(updates.length, 1));
    return { pauseMs: 0 };
  }

  /** For Telegram, as notices do: that counts as no attempt. */
  async #wait(
    batch: JobBatch<OutboundJob, OutboundProgress>,
    { threadId }: ThreadChangeJob,
    error: BotApiError,
  ): Promise<Pause> {
    const progress = batch.jobs[0]?.progress ?? NOTHING_SENT;
    const failures = progress.failures ?? 0;
    if (failures === 0) {
      const reason = this.#logger.describe(error);
      this.#logger.error(`A change of thread ${threadId} waits for Telegram: ${reason}`, reason);
    }
    await batch.complete(0, { ...progress, failures: failures + 1 });
    const pauseMs =
      error instanceof BotApiRateLimitError ? error.retryAfterMs : Backoff.delayAfter(failures);
    return { pauseMs, keyOnly: true };
  }

  /** All at once, because an app may say the same in each of its requests. The last word counts for each field. */
  async #update(updates: readonly ThreadUpdatedJob[]): Promise<void> {
    const { threadId = '' } = updates[0] ?? {};
    if (!(await this.threads.find(threadId))) return;
    let details: ThreadDetails = {};
    for (const update of updates) {
      const said = { ...labelsOf(update), context: update.context };
      details = { ...details, ...withoutUndefined(said) };
    }
    await this.threads.update(threadId, details);
  }

  async #change(job: ThreadChangeJob, id: string, key: string): Promise<void> {
    const { threadId } = job;
    // A thread that nobody knows has nothing to change: its first message opens nothing again, and decides on its desk.
    if (job.type !== 'thread.purged' && !(await this.threads.find(threadId))) return;
    switch (job.type) {
      case 'thread.updated':
        return this.#update([job]);
      case 'thread.assigned': {
        const { agentId, name } = job;
        return this.claims.assign(threadId, agentId === null ? null : { id: agentId, name });
      }
      case 'thread.purged':
        return this.purger.purge(threadId, key);
      case 'thread.closed': {
        const { changed, isUnseen } = await this.threads.close(threadId);
        if (changed && isUnseen)
          await this.deskNotices.notifyOfThread('thread_closed', threadId, id);
        return;
      }
      case 'thread.reopened': {
        const { changed, isUnseen } = await this.threads.reopen(threadId);
        if (changed && isUnseen)
          await this.deskNotices.notifyOfThread('thread_reopened', threadId, id);
      }
    }
  }
}

/** The changes of what the app says of a thread with which a batch begins. */
function updatesAtOnce({ jobs }: JobBatch<OutboundJob, OutboundProgress>): ThreadUpdatedJob[] {
  const updates: ThreadUpdatedJob[] = [];
  for (const { payload } of jobs) {
    if (payload.type !== 'thread.updated') break;
    updates.push(payload);
  }
  return updates;
}

function withoutUndefined<T extends object>(details: T): Partial<T> {
  const given: Partial<T> = { ...details };
  for (const name of Object.keys(given)) {
    if (Reflect.get(given, name) === undefined) Reflect.deleteProperty(given, name);
  }
  return given;
}
