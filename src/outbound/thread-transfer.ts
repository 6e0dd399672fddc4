import { Injectable } from '@nestjs/common';
import { SafeLogger } from '../common/safe-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ErrorDescriber, ThreadMappingError } from '../errors/index.js';
import type { Job } from '../queue/job.interface.js';
import type { JobBatch, Pause } from '../queue/job-processor.interface.js';
import { DEFAULT_DESK } from '../threads/thread-record.js';
import type { ThreadRecord } from '../threads/thread-record.interface.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';
import { forwardedJobId } from './forwarded-job-id.js';
import { JobForwarder } from './job-forwarder.js';
import type { DeskNotifiedJob } from './jobs/desk-notified-job.interface.js';
import type { NoticeJob, OutboundJob } from './jobs/outbound-job.interface.js';
import type { OutboundProgress } from './jobs/outbound-progress.interface.js';
import { STORE_RETRY_MS } from './outbound.constants.js';
import { isOfCode } from './posted-notice.js';
import { waitForDesk } from './wait-for-desk.js';

type NoticeJobEntry = Job<NoticeJob, OutboundProgress>;
type OutboundBatch = JobBatch<OutboundJob, OutboundProgress>;

/**
 * Keeps the order of a thread that moves to another desk: the former desk posts what waits there, and only then the
 * new one begins. What reaches the former desk later is forwarded.
 */
@Injectable()
export class ThreadTransfer {
  readonly #logger: SafeLogger;
  readonly #own: string;
  readonly #areSeveral: boolean;

  constructor(
    private readonly settings: TelegramSettings,
    private readonly threads: ThreadStateRepository,
    private readonly forwarder: JobForwarder,
    errors: ErrorDescriber,
  ) {
    const { desk, desks } = settings;
    this.#logger = new SafeLogger(ThreadTransfer.name, errors);
    this.#own = desk;
    this.#areSeveral = desk !== DEFAULT_DESK || desks.length > 1;
  }

  /**
   * What to do with a batch instead of processing it here; undefined when it belongs here. Never costs with one desk.
   * The line that a thread has come says nothing of one that is forgotten meanwhile, or is back where it came from.
   */
  async detour(batch: OutboundBatch): Promise<Pause | undefined> {
    const threadId = batch.jobs[0] && movingThreadOf(batch.jobs[0].payload);
    if (!this.#areSeveral || threadId === undefined) return undefined;
    let desk: string;
    try {
      const record = await this.threads.find(threadId);
      if (!record) return await this.#dropLine(batch);
      desk = await this.forwarder.nameOf(record.desk);
      if (desk === this.#own) return await this.#waitForFormerDesk(batch, record);
      if (record.move?.from === this.#own) return undefined;
    } catch (error) {
      if (!(error instanceof ThreadMappingError)) throw error;
      return { pauseMs: STORE_RETRY_MS, keyOnly: true };
    }
    return this.#forward(batch, desk);
  }

  /**
   * Adds to the notices of threads that have come from another desk what is known of the thread by now. Never rejects.
   */
  async withDetails(jobs: readonly NoticeJobEntry[]): Promise<readonly NoticeJobEntry[]> {
    return Promise.all(
      jobs.map(async (job) => {
        const { payload } = job;
        if (payload.type !== 'desk.notified' || payload.code !== 'thread_arrived') return job;
        const record = await this.threads.find(payload.threadId ?? '').catch(() => null);
        const thread = record && this.#masked(record);
        return { ...job, payload: { ...payload, thread: thread ?? undefined } };
      }),
    );
  }

  /** The desk that it comes from may have had other masks. */
  #masked({ subject, customer, url }: ThreadRecord): DeskNotifiedJob['thread'] {
    const { masker } = this.settings;
    return {
      subject: subject === undefined ? undefined : masker.hide(subject),
      customer: customer === undefined ? undefined : masker.hide(customer),
      url,
    };
  }

  async #waitForFormerDesk(
    batch: OutboundBatch,
    { threadId, move }: ThreadRecord,
  ): Promise<Pause | undefined> {
    if (!move || move.from === this.#own) return undefined;
    const pause = await waitForDesk(batch);
    if (pause) return pause;
    this.#logger.warn(
      `Thread ${threadId} begins at the desk "${this.#own}" before the desk "${move.from}" has posted what waits there`,
    );
    await this.threads.updateIf(threadId, { move }, { move: null });
    return undefined;
  }

  async #dropLine(batch: OutboundBatch): Promise<Pause | undefined> {
    const [first] = batch.jobs;
    if (!first || formerDeskIn(first.payload) === undefined) return undefined;
    await batch.complete(1);
    return { pauseMs: 0 };
  }

  async #forward(batch: OutboundBatch, desk: string): Promise<Pause> {
    let count = 0;
    for (const job of batch.jobs) {
      if (movingThreadOf(job.payload) === undefined) break;
      if (formerDeskIn(job.payload) !== desk) {
        await this.forwarder.forward(desk, batch.key, { ...job, id: forwardedJobId(job.id) });
      }
      count += 1;
    }
    await batch.complete(count);
    return { pauseMs: 0 };
  }
}

/** The thread of a job that goes where the thread goes; undefined for what belongs to this chat. */
function movingThreadOf(job: OutboundJob): string | undefined {
  if (job.type === 'agent.notified' || job.type === 'failure.shown') return undefined;
  if (job.type === 'hold.ended' || job.type === 'topic.synced') return undefined;
  if (job.type === 'card.synced' || job.type === 'card.edited') return undefined;
  if (job.type === 'move.requested' || isOfCode(job, 'thread_moved')) return undefined;
  return job.threadId;
}

/** The desk that a thread has come from, of the line that says so. */
function formerDeskIn(job: OutboundJob): string | undefined {
  return job.type === 'desk.notified' && job.code === 'thread_arrived' ? job.desk : undefined;
}
