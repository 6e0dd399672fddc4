import { Injectable } from '@nestjs/common';
import { Html } from '../notices/html.js';
import type { JobBatch, Pause } from '../queue/job-processor.interface.js';
import { EphemeralSender } from './ephemeral-sender.js';
import type { AgentNotifiedJob } from './jobs/agent-notified-job.interface.js';
import type { OutboundJob } from './jobs/outbound-job.interface.js';
import { NOTHING_SENT, type OutboundProgress } from './jobs/outbound-progress.interface.js';

/** Tells each agent alone what only they have to know. Where Telegram does not let the bot, all are told by one notice. */
@Injectable()
export class PrivateNoticeProcessor {
  constructor(private readonly sender: EphemeralSender) {}

  /**
   * Makes one call for the first job of the batch, then lets the other threads have their turn.
   *
   * @throws When the store has failed, which is tried again.
   */
  async process(
    batch: JobBatch<OutboundJob, OutboundProgress>,
    { inReplyTo, threadId, privately = [] }: AgentNotifiedJob,
  ): Promise<Pause> {
    const progress = batch.jobs[0]?.progress ?? NOTHING_SENT;
    const index = progress.toldAgents ?? 0;
    const notice = privately[index];
    if (!notice) {
      await batch.complete(1);
      return { pauseMs: 0 };
    }
    const { ephemeralMessageId } = notice;
    const isAnswer = ephemeralMessageId !== undefined && !progress.isAnswerRefused;
    const sent = await this.sender.send(inReplyTo, notice.agentId, new Html(notice.answer), {
      threadId,
      keyboard: notice.keyboard,
      ephemeralMessageId: isAnswer ? ephemeralMessageId : undefined,
    });
    if (typeof sent === 'object') return sent;
    await batch.complete(0, progressAfter(progress, sent, isAnswer));
    return { pauseMs: 0 };
  }
}

/**
 * What the agent wrote can be answered for 15 seconds. An administrator may tell them later, too. That is another call,
 * which may have to wait for the rate limit: the refused one must not be made again then.
 */
function progressAfter(
  progress: OutboundProgress,
  isTold: boolean,
  isAnswer: boolean,
): OutboundProgress {
  if (isTold) {
    return { ...progress, toldAgents: (progress.toldAgents ?? 0) + 1, isAnswerRefused: undefined };
  }
  return isAnswer ? { ...progress, isAnswerRefused: true } : { ...progress, isPublic: true };
}
