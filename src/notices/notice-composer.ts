import { Injectable } from '@nestjs/common';
import {
  NOTHING_SENT,
  type NoticeJob,
  type OutboundProgress,
} from '../outbound/outbound-job.interface.js';
import type { Job } from '../queue/job.interface.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import { html, joinHtml, type Html } from './html.js';
import { NoticeRenderer, PART_LENGTH } from './notice-renderer.js';

/** Telegram refuses a text of more than 32,768 bytes before it even parses it (Client.cpp, sendMessage). */
const MESSAGE_BYTES = 32_000;

/**
 * Telegram drops the entities after the hundredth without a word (rubenlagus/TelegramBots#854), and with
 * them the quotes that set a customer's text apart from the desk's. The hidden reference is one more.
 */
const MESSAGE_ENTITIES = 90;

const SEPARATOR = '\n\n';

/** One message to the admin chat. */
export interface Notice {
  readonly content: Html;
  /** The thread it belongs to; a reply to the message goes there. */
  readonly threadId: string | undefined;
  /** The agent's message that it answers. */
  readonly inReplyTo: MessageRef | undefined;
  /** How many of the composed jobs are done when it is sent. */
  readonly jobs: number;
  /** How many parts of the job after those are sent by then. */
  readonly sentParts: number;
  /** Whether it shows several jobs. */
  readonly isJoint: boolean;
}

/** Puts the jobs of one thread into as few messages as they fit in, without changing their order. */
@Injectable()
export class NoticeComposer {
  constructor(private readonly renderer: NoticeRenderer) {}

  /** The next message to send, which shows as much as fits of what has not been sent. */
  next(jobs: ReadonlyArray<Job<NoticeJob, OutboundProgress>>): Notice {
    let notice: Notice | undefined;
    let previous: NoticeJob | undefined;
    for (const [index, { payload: job, progress = NOTHING_SENT }] of jobs.entries()) {
      if (notice && jobs[0]?.progress?.sendAlone) break;
      for (const part of this.renderer.parts(job).slice(progress.sentParts)) {
        const isContinued = previous !== undefined && customerOf(previous) === customerOf(job);
        const rendered = this.renderer.render(job, part, isContinued);
        const content = notice
          ? joinHtml([notice.content, rendered], SEPARATOR)
          : repeatable(rendered, progress.maybeSent);
        if (notice && !fits(content)) return notice;
        const isWhole = part.part === part.parts;
        notice = {
          content,
          threadId: jobs[0]?.payload.threadId,
          inReplyTo: inReplyToOf(jobs[0]?.payload),
          jobs: index + (isWhole ? 1 : 0),
          sentParts: isWhole ? 0 : part.part,
          isJoint: index > 0,
        };
        previous = job;
      }
    }
    if (!notice) throw new RangeError('There is nothing to compose a notice of');
    return notice;
  }
}

/** Warns agents that they may see this twice. */
function repeatable(content: Html, maybeSent: boolean): Html {
  return maybeSent
    ? html`<i>(sent again: the first time may have arrived)</i>\n${content}`
    : content;
}

function fits(content: Html): boolean {
  return (
    content.toPlainText().length <= PART_LENGTH &&
    content.entityCount <= MESSAGE_ENTITIES &&
    Buffer.byteLength(content.toString()) <= MESSAGE_BYTES
  );
}

function inReplyToOf(job: NoticeJob | undefined): MessageRef | undefined {
  return job?.type === 'agent.notified' ? job.inReplyTo : undefined;
}

function customerOf(job: NoticeJob): string {
  return JSON.stringify('customer' in job ? job.customer : null) ?? '';
}
