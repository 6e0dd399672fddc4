import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../config/telegram-settings.js';
import type { PreparedAttachment } from '../files/prepared-attachment.interface.js';
import type { HistoryMessage } from '../history/history-message.interface.js';
import { NO_FILES_SENT, type FileProgress } from '../outbound/file-progress.interface.js';
import type { NoticeEntry } from '../outbound/notice-entry.interface.js';
import { isHistoryRequest, type NoticeJob } from '../outbound/jobs/outbound-job.interface.js';
import {
  NOTHING_SENT,
  type OutboundProgress,
} from '../outbound/jobs/outbound-progress.interface.js';
import { isOfCode } from '../outbound/posted-notice.js';
import { AlbumPlanner, isFile } from './album-planner.js';
import { html, type Html } from './html.js';
import { fits, joined, NoticeDraft } from './notice-draft.js';
import { NoticeRenderer, PART_LENGTH } from './notice-renderer.js';
import type { NoticePart } from './notice-templates.js';
import type { JobReach, Notice } from './notice.interface.js';

/** A piece of the text of a job, and how far the job has come with it. */
interface PieceOfJob {
  readonly text: Html;
  /** Undefined for a line about a file, and for what was said before. */
  readonly part?: NoticePart;
  /** Whether it is what was said before the text. */
  readonly isAbove?: boolean;
  readonly reach: JobReach;
}

/** Puts the jobs of one thread into as few messages as they fit in, without changing their order. */
@Injectable()
export class NoticeComposer {
  constructor(
    private readonly renderer: NoticeRenderer,
    private readonly albums: AlbumPlanner,
    private readonly settings: TelegramSettings,
  ) {}

  /**
   * The next message to send, which shows as much as fits of what has not been sent. Of a job with files comes its
   * text, as the caption of the first where it fits, then the others.
   *
   * @param attachments Those of the last job, if it has files. No other may have any. While they are loaded only its
   * text comes.
   */
  next(
    jobs: readonly NoticeEntry[],
    attachments: readonly PreparedAttachment[] | 'loading' = [],
  ): Notice {
    const [first] = jobs;
    if (!first) throw new RangeError('There is nothing to compose a notice of');
    const draft = new NoticeDraft(first, this.settings.texts);
    for (const [index, job] of jobs.entries()) {
      if (index > 0 && first.progress?.sendAlone) break;
      const own = index === jobs.length - 1 ? attachments : [];
      const files = own === 'loading' ? [] : own;
      const pieces = this.#piecesOf(job, isContinued(jobs[index - 1]?.payload, job.payload), files);
      if (index > 0 && files.length > 0 && staysWithFiles(draft, pieces)) break;
      for (const { text, part, isAbove, reach } of pieces) {
        if (!draft.add({ job: index, part, text, isAbove })) return draft.notice;
        draft.show(index, reach);
      }
      if (own !== 'loading')
        this.#addFiles(draft, index, files, withReach(job, pieces.at(-1)?.reach));
    }
    return draft.notice;
  }

  /** What is left of the text of a job, a line for each file that is not sent, and what was said before. */
  #piecesOf(
    entry: NoticeEntry,
    continued: boolean,
    attachments: readonly PreparedAttachment[],
  ): PieceOfJob[] {
    const pieces = this.#ownPiecesOf(entry, continued, attachments);
    return entry.history ? this.#withHistory(entry, entry.history, pieces) : pieces;
  }

  /** Below the line that a thread has come, above everything else: in the same message where all of it fits. */
  #withHistory(
    { payload, progress = NOTHING_SENT }: NoticeEntry,
    history: readonly HistoryMessage[],
    pieces: readonly PieceOfJob[],
  ): PieceOfJob[] {
    const [first] = pieces;
    const render = (above: Html, below: Html): Html | undefined =>
      this.renderer.renderHistory(payload.threadId ?? '', history, (content) =>
        fits(joined(joined(above, content), below), PART_LENGTH),
      );
    const { sentParts, files = NO_FILES_SENT } = progress;
    const reach = { sentParts, sentFiles: files.sentFiles, toldFiles: files.toldFiles };
    if (!first || isHistoryRequest(payload)) {
      const text = render(html``, html``);
      return text ? [{ text, reach: first?.reach ?? reach }] : [...pieces];
    }
    if (isOfCode(payload, 'thread_arrived')) {
      const text = render(first.text, html``);
      return text ? [first, { text, reach: first.reach }] : [...pieces];
    }
    const text = render(html``, html``);
    return text ? [{ text, isAbove: true, reach }, ...pieces] : [...pieces];
  }

  #ownPiecesOf(
    { payload, progress = NOTHING_SENT }: NoticeEntry,
    continued: boolean,
    attachments: readonly PreparedAttachment[],
  ): PieceOfJob[] {
    const { sentFiles, toldFiles } = progress.files ?? NO_FILES_SENT;
    const parts = this.renderer.parts(payload);
    const pieces: PieceOfJob[] = parts.slice(progress.sentParts).map((part, index) => ({
      text: this.renderer.render(payload, part, continued || index > 0),
      part,
      reach: { sentParts: part.part, sentFiles, toldFiles },
    }));
    const told = [...toldFiles];
    for (const [place, attachment] of attachments.entries()) {
      if (place < sentFiles || isFile(attachment) || toldFiles.includes(place)) continue;
      told.push(place);
      const reach = { sentParts: parts.length, sentFiles, toldFiles: [...told] };
      pieces.push({ text: this.renderer.renderUnsentFile(attachment), reach });
    }
    return pieces;
  }

  #addFiles(
    draft: NoticeDraft,
    index: number,
    attachments: readonly PreparedAttachment[],
    { sentParts, files = NO_FILES_SENT }: OutboundProgress,
  ): void {
    const album = this.albums.next(attachments, files);
    const last = album.at(-1);
    if (!last) draft.show(index);
    else if (draft.fitsCaption()) {
      const reached: FileProgress = { ...files, sentFiles: last.place + 1 };
      const isLast = this.albums.next(attachments, reached).length === 0;
      draft.attach(album);
      draft.show(index, isLast ? undefined : { ...reached, sentParts });
    }
  }
}

/** Whether a text is better off as a caption of its own files than with what waits before it. */
function staysWithFiles(draft: NoticeDraft, pieces: readonly PieceOfJob[]): boolean {
  const texts = pieces.map(({ text }) => text);
  return !draft.fitsCaption(texts) && NoticeDraft.isCaption(texts);
}

function withReach(
  { progress = NOTHING_SENT }: NoticeEntry,
  reach: JobReach | undefined,
): OutboundProgress {
  if (!reach) return progress;
  const { sentParts, sentFiles, toldFiles } = reach;
  return {
    ...progress,
    sentParts,
    files: { ...NO_FILES_SENT, ...progress.files, sentFiles, toldFiles },
  };
}

/** Whether a job stands below another message of the same customer. */
export function isContinued(previous: NoticeJob | undefined, job: NoticeJob): boolean {
  if (!previous || !('body' in previous) || !('body' in job)) return false;
  return customerOf(previous) === customerOf(job);
}

/** A field that is undefined is missing once a job has been stored. */
function customerOf(job: NoticeJob): string {
  return JSON.stringify(('customer' in job ? job.customer : undefined) ?? null);
}
