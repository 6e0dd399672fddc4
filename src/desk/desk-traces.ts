import { Inject, Injectable } from '@nestjs/common';
import { TelegramSettings } from '../config/telegram-settings.js';
import { textOf, wordsOf } from '../dead-letters/dead-letter.factory.js';
import { AttachmentStore } from '../files/attachment-store.js';
import { OutsideHours } from '../hours/outside-hours.js';
import { ACKNOWLEDGEMENT_QUEUE, INBOUND_QUEUE } from '../inbound/inbound.constants.js';
import type { InboundEvent, InboundProgress } from '../inbound/inbound-event.interface.js';
import type {
  AcknowledgementJob,
  AcknowledgementProgress,
} from '../inbound/acknowledgement-job.interface.js';
import { HeldReplies } from '../inbound/held-replies.js';
import { ReplyAuthors } from '../inbound/reply-authors.js';
import { ReplyFingerprints } from '../inbound/reply-fingerprints.js';
import { ReplyVersions } from '../inbound/reply-versions.js';
import { FailureRecords } from '../outbound/failures/failure-records.js';
import { stateOf, type KnownFailure } from '../outbound/failures/failure.interface.js';
import { OF_THREAD } from '../outbound/job-masker.js';
import { OUTBOUND_QUEUE } from '../outbound/outbound.constants.js';
import { attachmentsOf, type OutboundJob } from '../outbound/jobs/outbound-job.interface.js';
import type { OutboundProgress } from '../outbound/jobs/outbound-progress.interface.js';
import { SHOWN_RATING } from '../outbound/shown/shown-notice.interface.js';
import { ShownNotices } from '../outbound/shown/shown-notices.js';
import { TypingIndicator } from '../outbound/typing-indicator.js';
import { MaskedOriginals } from '../privacy/masked-originals.js';
import type { DeadJob, Job } from '../queue/job.interface.js';
import { OrderedQueue } from '../queue/ordered-queue.js';
import { CustomerReaction } from '../replies/customer-reaction.js';
import { HandledReplies } from '../threads/handled-replies.js';
import { LastNoticeRepository } from '../threads/last-notice.repository.js';
import { PostedMessages } from '../threads/posted-messages.js';
import { PurgedThreads } from '../threads/purged-threads.js';
import type { ThreadMessage } from '../threads/thread-message.interface.js';
import { ThreadTimers } from '../timers/thread-timers.js';
import { lettersOf, waitingIn, waitingOf } from './jobs-of-thread.js';
import type {
  ExportedDeadLetter,
  ExportedFailure,
  ExportedText,
  ThreadExport,
} from './thread-export.interface.js';

/** What one desk has for an export. */
export type DeskExport = Pick<
  ThreadExport,
  'texts' | 'waiting' | 'deadLetters' | 'failures' | 'masked'
>;

/** All that one desk keeps of a thread, and forgets when the thread is purged. */
@Injectable()
export class DeskTraces {
  constructor(
    @Inject(OUTBOUND_QUEUE)
    private readonly outbox: OrderedQueue<OutboundJob, OutboundProgress>,
    @Inject(INBOUND_QUEUE)
    private readonly inbox: OrderedQueue<InboundEvent, InboundProgress>,
    @Inject(ACKNOWLEDGEMENT_QUEUE)
    private readonly acknowledgements: OrderedQueue<AcknowledgementJob, AcknowledgementProgress>,
    private readonly files: AttachmentStore,
    private readonly shown: ShownNotices,
    private readonly lastNotices: LastNoticeRepository,
    private readonly handled: HandledReplies,
    private readonly posted: PostedMessages,
    private readonly typing: TypingIndicator,
    private readonly versions: ReplyVersions,
    private readonly authors: ReplyAuthors,
    private readonly fingerprints: ReplyFingerprints,
    private readonly reactions: CustomerReaction,
    private readonly held: HeldReplies,
    private readonly failures: FailureRecords,
    private readonly hours: OutsideHours,
    private readonly timers: ThreadTimers,
    readonly originals: MaskedOriginals,
    private readonly purged: PurgedThreads,
    private readonly settings: TelegramSettings,
  ) {}

  /**
   * Forgets a thread: what waits, what was given up, and what is stored of it and of its messages. That it was purged is
   * kept, so that nobody answers what is left of it in Telegram.
   *
   * @param own The key of the outbound queue that is worked on: what waits there comes behind the purge.
   * @throws When a store does not answer.
   */
  async erase(threadId: string, messages: readonly ThreadMessage[], own?: string): Promise<void> {
    // First, so that nothing of it comes back meanwhile.
    await this.purged.add(threadId);
    const known = messages.flatMap(({ ids }) => ids ?? []);
    const waiting = await this.#dropJobs(threadId, own);
    const dead = await this.#discardLetters(threadId);
    const ids = new Set([...known, ...waiting, ...dead, OF_THREAD, SHOWN_RATING]);
    await this.originals.remove(threadId, ids);
    await this.shown.forget(threadId);
    await this.versions.forget(threadId);
    await this.forgetHandled(threadId);
    await this.typing.forget(threadId);
    await this.lastNotices.remove(threadId);
    await this.hours.forget(threadId);
    await this.timers.ended(threadId);
    for (const message of messages) await this.#eraseMessage(message);
  }

  /** Forgets what handlers have got, and what they could not process. @throws When a store does not answer. */
  async forgetHandled(threadId: string): Promise<void> {
    await this.handled.forget(threadId);
    await this.failures.forget(threadId, this.settings.desk);
  }

  /**
   * What is stored of a thread in words.
   *
   * @param known The app's ids of its messages that are posted.
   * @throws When a store does not answer.
   */
  async export(threadId: string, known: Iterable<string>): Promise<DeskExport> {
    const { desk } = this.settings;
    const events = await waitingIn(this.inbox, threadId);
    const jobs = await waitingIn(this.outbox, threadId);
    const ofCustomer = jobs.filter((job) => 'body' in job || 'text' in job);
    const letters = await lettersOf(this.outbox, threadId);
    const unposted = [...jobs, ...letters.map(({ job }) => job.payload)];
    const ids = new Set([...known, ...messageIdsIn(unposted)]);
    const masked = await Promise.all([...ids].map((id) => this.originals.find(threadId, id)));
    return {
      texts: await this.#texts(threadId),
      waiting: [
        ...events.map((event) => inboundText(desk, event)),
        ...ofCustomer.map((job) => outboundText(desk, job)),
      ],
      deadLetters: [
        ...(await lettersOf(this.inbox, threadId)).map((letter) => ({
          ...diedOf(letter),
          ...inboundText(desk, letter.job.payload),
        })),
        ...letters.map((letter) => ({
          ...diedOf(letter),
          ...outboundText(desk, letter.job.payload),
        })),
      ],
      failures: (await this.failures.listOf(threadId, desk)).map((failure) => exported(failure)),
      masked: masked.flat(),
    };
  }

  async #texts(threadId: string): Promise<readonly ExportedText[]> {
    const { desk } = this.settings;
    const notices = (await this.shown.list(threadId)).flatMap(({ message, jobs }) =>
      jobs.map(({ payload, parts }) => {
        const text = parts.map((part) => part.text).join('');
        return { message, desk, direction: 'outbound', type: payload.type, text } as const;
      }),
    );
    const edited = (await this.versions.listEdited(threadId)).map(
      (reply) => ({ ...reply, desk, direction: 'inbound', type: 'reply.edited' }) as const,
    );
    return [...notices.toReversed(), ...edited];
  }

  /** What agents have deleted stays deleted, without its text. */
  async #eraseMessage(message: ThreadMessage): Promise<void> {
    const key = `${message.chatId}:${message.messageId}`;
    await Promise.all([
      this.acknowledgements.drop(key),
      this.posted.remove(message),
      this.authors.remove(message),
      this.fingerprints.remove(message),
      this.reactions.forget(message),
      this.held.forget(message),
      this.shown.remove(message),
    ]);
  }

  /** @returns The app's ids of messages. */
  async #dropJobs(threadId: string, own?: string): Promise<string[]> {
    for await (const { key } of waitingOf(this.inbox, threadId)) await this.inbox.drop(key);
    const ids: string[] = [];
    for await (const { key } of waitingOf(this.outbox, threadId)) {
      if (key === own) continue;
      const jobs = await this.outbox.drop(key);
      ids.push(...(await this.#free(jobs)));
    }
    return ids;
  }

  /** @returns The app's ids of messages. */
  async #discardLetters(threadId: string): Promise<string[]> {
    for (const { job } of await lettersOf(this.inbox, threadId)) {
      await this.inbox.discardDeadLetter(job.id);
    }
    const letters: ReadonlyArray<DeadJob<OutboundJob, OutboundProgress>> = await lettersOf(
      this.outbox,
      threadId,
    );
    for (const { job } of letters) await this.outbox.discardDeadLetter(job.id);
    return this.#free(letters.map(({ job }) => job));
  }

  async #free(jobs: ReadonlyArray<Job<OutboundJob, OutboundProgress>>): Promise<string[]> {
    for (const { payload } of jobs) await this.files.free(attachmentsOf(payload));
    return messageIdsIn(jobs.map(({ payload }) => payload));
  }
}

/** The app's ids of messages. */
function messageIdsIn(jobs: readonly OutboundJob[]): string[] {
  return jobs.flatMap((job) => ('messageId' in job ? (job.messageId ?? []) : []));
}

function inboundText(desk: string, event: InboundEvent): ExportedText {
  const message = event.message && {
    chatId: event.message.chatId,
    messageId: event.message.messageId,
  };
  return { message, desk, direction: 'inbound', type: event.type, text: textOf(event) };
}

function outboundText(desk: string, job: OutboundJob): ExportedText {
  return { desk, direction: 'outbound', type: job.type, text: wordsOf(job) };
}

function exported(known: KnownFailure): ExportedFailure {
  const { desk, code, target, reason, failedAtMs } = known.failure;
  return {
    message: { chatId: target.chatId, messageId: target.messageId },
    desk,
    code,
    reason,
    state: stateOf(known),
    failedAt: new Date(failedAtMs).toISOString(),
  };
}

function diedOf({
  reason,
  failedAtMs,
}: DeadJob<unknown>): Pick<ExportedDeadLetter, 'reason' | 'diedAt'> {
  return { reason, diedAt: new Date(failedAtMs).toISOString() };
}
