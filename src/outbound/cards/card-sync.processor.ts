import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ThrottledLogger } from '../../common/throttled-logger.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { ThreadDescriptions } from '../../context/thread-descriptions.js';
import { ErrorDescriber } from '../../errors/index.js';
import type { JobBatch, Pause } from '../../queue/job-processor.interface.js';
import { LeaseLostError } from '../../queue/lease-lost.error.js';
import type { ThreadRecord } from '../../threads/thread-record.interface.js';
import { ThreadStateRepository } from '../../threads/thread-state.repository.js';
import { JobForwarder } from '../job-forwarder.js';
import type { CardSyncedJob } from '../jobs/card-job.interface.js';
import type { OutboundJob } from '../jobs/outbound-job.interface.js';
import { NOTHING_SENT, type OutboundProgress } from '../jobs/outbound-progress.interface.js';
import { ThreadSync } from '../thread-sync.js';

/** How long a change waits for others that go with it, or undo it. */
const EDIT_DELAY_MS = 2_000;

/** The wait before the app is asked again that takes its time. */
const ASK_RETRY: Pause = { pauseMs: 500, keyOnly: true };

/** The waits after failures of the store. */
const RETRY_MS: readonly number[] = [5_000, 30_000, 60_000];

type OutboundBatch = JobBatch<OutboundJob, OutboundProgress>;

/**
 * Has cards wait for further changes and for what the app says of their threads, in keys of their own, so that no message
 * waits for that. Then the card is changed in the key of its thread, where nothing else changes it meanwhile.
 */
@Injectable()
export class CardSyncProcessor {
  readonly #logger: ThrottledLogger;

  constructor(
    private readonly threads: ThreadStateRepository,
    private readonly descriptions: ThreadDescriptions,
    private readonly sync: ThreadSync,
    private readonly forwarder: JobForwarder,
    private readonly settings: TelegramSettings,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(CardSyncProcessor.name, errors);
  }

  async process(batch: OutboundBatch, job: CardSyncedJob): Promise<Pause> {
    const pause = await this.#attempt(batch, job);
    if (pause) return pause;
    // What all jobs of the key ask for was handed over at once.
    await batch.complete(batch.jobs.length);
    return { pauseMs: 0 };
  }

  async #attempt(batch: OutboundBatch, job: CardSyncedJob): Promise<Pause | undefined> {
    const progress = batch.jobs[0]?.progress ?? NOTHING_SENT;
    try {
      const delayMs = Math.max(EDIT_DELAY_MS, job.waitMs ?? 0);
      const waitMs = delayMs - (progress.waitedMs ?? 0);
      if (waitMs <= 0) return await this.#handOver(batch, job.threadId);
      await batch.complete(0, { ...progress, waitedMs: delayMs });
      return { pauseMs: waitMs, keyOnly: true };
    } catch (error) {
      if (error instanceof LeaseLostError) throw error;
      const failures = progress.failures ?? 0;
      this.#logger.debug(`A card is changed later: ${this.#logger.describe(error)}`);
      await batch.complete(0, { ...progress, failures: failures + 1 });
      return { pauseMs: RETRY_MS[failures] ?? RETRY_MS.at(-1) ?? 0, keyOnly: true };
    }
  }

  async #handOver(batch: OutboundBatch, threadId: string): Promise<Pause | undefined> {
    const changes = batch.jobs.flatMap(({ payload }) =>
      payload.type === 'card.synced' ? [payload] : [],
    );
    const record = await this.threads.find(threadId);
    // A thread on its way to another desk gets a new card there, which shows all.
    if (!record || record.move) {
      this.descriptions.release(threadId);
      return undefined;
    }
    const isAsking = changes.some((change) => change.isAsking);
    const isForced = changes.some((change) => change.isForced);
    const isGoingOn = !changes.some((change) => change.isAsking && !change.isGoingOn);
    const desk = await this.forwarder.nameOf(record.desk);
    if (desk !== this.settings.desk) {
      const change = { isAsking, isGoingOn, isForced };
      const payload = { v: 1, type: 'card.synced', threadId, ...change } as const;
      await this.forwarder.forward(desk, batch.key, { id: `card:${randomUUID()}`, payload });
      return undefined;
    }
    const isChanged = isAsking
      ? await this.#ask(record, isGoingOn ? undefined : batch.jobs[0]?.id)
      : false;
    if (isChanged === undefined) return ASK_RETRY;
    const isNeeded = isChanged || isForced || changes.some((change) => !change.isAsking);
    if (record.card && isNeeded) await this.sync.editCard(threadId, isForced);
    return undefined;
  }

  /**
   * Whether the app says something else than before; undefined while it takes its time.
   *
   * @param askerId Whose question it is; undefined for one that was asked before.
   */
  async #ask(
    { threadId, subject, customer, context, card, lastActivityAtMs }: ThreadRecord,
    askerId: string | undefined,
  ): Promise<boolean | undefined> {
    const said = await this.descriptions.ask({ threadId, subject, customer }, askerId);
    if (said === undefined) return undefined;
    // A thread that was purged meanwhile must not come back.
    const expected = { card, lastActivityAtMs };
    const isStored = !said || (await this.threads.updateIf(threadId, expected, { context: said }));
    if (!isStored) return undefined;
    this.descriptions.release(threadId);
    return said !== null && JSON.stringify(said) !== JSON.stringify(context);
  }
}
