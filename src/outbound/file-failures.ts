import { Injectable } from '@nestjs/common';
import { UnreadableUploadError } from '../bot/unreadable-upload.error.js';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { type BotApiError, ErrorDescriber } from '../errors/index.js';
import type { Notice, NoticeFile } from '../notices/notice.interface.js';
import type { Job } from '../queue/job.interface.js';
import { NO_FILES_SENT, type FileProgress } from './file-progress.interface.js';
import type { NoticeJob } from './jobs/outbound-job.interface.js';
import { NOTHING_SENT, type OutboundProgress } from './jobs/outbound-progress.interface.js';
import { NoticeFiles } from './notice-files.js';
import { placeOfField } from './operations/notice-upload.js';
import { classifySendError, itemRefusal } from './send-error.js';

/** The chat lets its members send texts, and no files of some kind or of any. */
const KIND_FORBIDDEN =
  /not enough rights to send (?!text|messages)|CHAT_SEND_(?!PLAIN|WEBPAGE)\w+_FORBIDDEN|VOICE_MESSAGES_FORBIDDEN/i;

/** A refusal of the words or the place, not of a file. */
const OF_OTHERS = /caption|entit|parse|markup|\btext\b|repl(?:y|ied)/i;

/** A refusal in unknown words may be of anything, so this many tries are made as ever. */
const TRIES_OF_UNKNOWN = 2;

/** How often a file is read anew that could not be read. */
const MOST_UNREADABLE = 3;

/** Decides what becomes of files that cannot be sent. The text of their message is never lost for them. */
@Injectable()
export class FileFailures {
  readonly #logger: ThrottledLogger;

  constructor(
    private readonly files: NoticeFiles,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(FileFailures.name, errors);
  }

  /**
   * Telegram did not take a notice with files. A file that it refuses goes as a document, then not at all.
   *
   * @param job The first of the notice.
   * @returns The progress with which to go on; undefined when no file is at fault.
   */
  afterRefusal(
    { progress = NOTHING_SENT, attempts }: Job<NoticeJob, OutboundProgress>,
    { files, isJoint, threadId }: Notice,
    error: BotApiError,
  ): OutboundProgress | undefined {
    if (files.length === 0 || !isOfFile(error, attempts)) return undefined;
    // Sent alone, the job with files comes first, and has what becomes of them in its progress.
    if (isJoint) return { ...progress, sendAlone: true };
    const { files: before = NO_FILES_SENT } = progress;
    const file = fileAtFault(files, error);
    if (!file) return { ...progress, files: { ...before, sendApart: true } };
    const isGivenUp = file.file.kind === 'document';
    const reason = this.#logger.describe(error);
    this.#logger.warn(
      `${reason}. A file of thread ${threadId} is ${isGivenUp ? 'left out' : 'sent as a document'}`,
    );
    return { ...progress, files: without(before, file, isGivenUp) };
  }

  /** A file could not be read though it was ready, so the call was not made. It is looked for again. */
  async afterUnreadable(
    job: Job<NoticeJob, OutboundProgress>,
    { isJoint, threadId }: Notice,
    error: UnreadableUploadError,
  ): Promise<OutboundProgress> {
    const { progress = NOTHING_SENT } = job;
    if (isJoint) return { ...progress, sendAlone: true };
    await this.files.release(job);
    this.#logger.warn(
      `A file of thread ${threadId} could not be read: ${this.#logger.describe(error.cause)}`,
    );
    const { files: before = NO_FILES_SENT } = progress;
    const unreadable = before.unreadable + 1;
    const refused =
      unreadable < MOST_UNREADABLE
        ? before.refused
        : [...before.refused, placeOfField(error.field)];
    return { ...progress, files: { ...before, unreadable, refused } };
  }
}

function isOfFile(error: BotApiError, attempts: number): boolean {
  if (KIND_FORBIDDEN.test(error.description)) return true;
  const kind = classifySendError(error);
  if (kind === 'message') return !OF_OTHERS.test(error.description);
  return kind === 'unknown' && attempts >= TRIES_OF_UNKNOWN;
}

/** Undefined when Telegram does not say which of several it is. */
function fileAtFault(files: readonly NoticeFile[], error: BotApiError): NoticeFile | undefined {
  const { item } = itemRefusal(error.description) ?? {};
  if (item !== undefined) return files[item - 1];
  return files.length === 1 ? files[0] : undefined;
}

function without(before: FileProgress, { place }: NoticeFile, isGivenUp: boolean): FileProgress {
  return isGivenUp
    ? { ...before, refused: [...before.refused, place] }
    : { ...before, asDocuments: [...before.asDocuments, place] };
}
