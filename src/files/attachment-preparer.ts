import { Injectable } from '@nestjs/common';
import { Backoff } from '../common/backoff.js';
import { Clock } from '../common/clock.js';
import { delay } from '../common/delay.js';
import { SafeLogger } from '../common/safe-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ErrorDescriber } from '../errors/index.js';
import { OwnWordsError } from '../errors/own-words.error.js';
import { AttachmentReader } from './attachment-reader.js';
import { AttachmentStore } from './attachment-store.js';
import { FileSpool } from './file-spool.js';
import { FileTooBigError } from './file-too-big.error.js';
import { JobFiles, type LoadedFile } from './job-files.js';
import { LoadDeadline } from './load-deadline.js';
import type { Preparation, PreparedAttachment } from './prepared-attachment.interface.js';
import { givenName, preparedFileOf } from './prepared-file.factory.js';
import type { AttachmentSource, StoredAttachment } from './stored-attachment.interface.js';
import { UnusableFileError } from './unusable-file.error.js';

/** How often the source of a file is tried, and the waits in between. */
const ATTEMPTS = 3;
const RETRY_DELAYS_MS: readonly number[] = [1_000, 5_000];

/** After this time nobody asks for the files of a job: another process has taken it over. */
const ABANDONED_MS = 15 * 60 * 1000;

/** When the sender asks again while the app ends. */
const CLOSING_RETRY_MS = 1_000;

/** Makes the files of jobs ready to be sent: what is remote is loaded to this machine in the background. */
@Injectable()
export class AttachmentPreparer {
  readonly #logger: SafeLogger;
  readonly #jobs = new Map<string, JobFiles>();
  #isClosed = false;

  constructor(
    private readonly reader: AttachmentReader,
    private readonly spool: FileSpool,
    private readonly store: AttachmentStore,
    private readonly clock: Clock,
    private readonly settings: TelegramSettings,
    errors?: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(AttachmentPreparer.name, errors);
  }

  /**
   * Begins to load the files of a job, or goes on with it. It waits for some 300 ms at most, because one sender serves
   * all threads. A source that fails is tried three times, and then its file counts as missing. Never rejects.
   *
   * @param jobId Of the queue of this desk.
   */
  async prepare(jobId: string, attachments: readonly StoredAttachment[]): Promise<Preparation> {
    if (this.#isClosed) return { state: 'waiting', retryMs: CLOSING_RETRY_MS, elapsedMs: 0 };
    await this.#releaseAbandoned();
    const files = this.#jobs.get(jobId) ?? this.#begin(jobId, attachments);
    const ready = await files.ready();
    if (ready) return { state: 'ready', files: ready };
    const { retryMs, elapsedMs } = files;
    return { state: 'waiting', retryMs, elapsedMs };
  }

  /** Call it when a job is done: deletes its temporary files, and the bytes that are stored beside it. Never rejects. */
  async complete(jobId: string, attachments: readonly StoredAttachment[]): Promise<void> {
    await this.release(jobId);
    await this.store.free(attachments);
  }

  /**
   * Deletes the temporary files of a job. Call it when the job was given up, belongs to another process, or reading one
   * of its files has failed: the next {@link prepare} loads them again. Never rejects.
   */
  async release(jobId: string): Promise<void> {
    const files = this.#jobs.get(jobId);
    this.#jobs.delete(jobId);
    if (!files) return;
    const paths = await files.abort();
    await this.#clean(() => Promise.all(paths.map((path) => this.spool.remove(path))));
  }

  /** Ends all loading, and deletes all temporary files. Never rejects. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#jobs.keys()].map((jobId) => this.release(jobId)));
    await this.#clean(() => this.spool.close());
  }

  #begin(jobId: string, attachments: readonly StoredAttachment[]): JobFiles {
    const files = new JobFiles(this.clock, attachments, (attachment, signal) =>
      this.#load(attachment, signal),
    );
    this.#jobs.set(jobId, files);
    return files;
  }

  async #clean(remove: () => Promise<unknown>): Promise<void> {
    try {
      await remove();
    } catch (error) {
      this.#logger.warn(`Temporary files were not removed: ${this.#logger.describe(error)}`);
    }
  }

  async #releaseAbandoned(): Promise<void> {
    const before = this.clock.monotonicMs() - ABANDONED_MS;
    for (const [jobId, { askedAtMs }] of this.#jobs) {
      if (askedAtMs < before) await this.release(jobId);
    }
  }

  async #load(attachment: StoredAttachment, signal: AbortSignal): Promise<LoadedFile> {
    for (let failures = 0; ; failures++) {
      const deadline = new LoadDeadline(this.clock, signal);
      try {
        signal.throwIfAborted();
        const file = await deadline.race(this.reader.read(attachment, deadline));
        const prepared = preparedFileOf(attachment, file);
        return { prepared, spooledAt: file.spooledAt };
      } catch (error) {
        if (error instanceof FileTooBigError) return { prepared: tooBig(attachment, error.size) };
        const isFinal = error instanceof UnusableFileError || failures + 1 >= ATTEMPTS;
        if (isFinal || signal.aborted) return { prepared: this.#missing(attachment, error) };
      } finally {
        deadline.end();
      }
      await delay(this.clock, Backoff.delayAfter(failures, RETRY_DELAYS_MS), signal);
    }
  }

  #missing(attachment: StoredAttachment, error: unknown): PreparedAttachment {
    const { source } = attachment;
    // What is cancelled is asked for again, by this process or another one.
    if (!isCancelled(error)) {
      const reason = this.#logger.describe(error);
      this.#logger.warn(`A file of a message is missing: ${describeSource(source)}: ${reason}`);
    }
    const name = givenName(attachment) || 'file';
    return { kind: 'missing', name, reason: this.#reasonOf(source, error) };
  }

  /** For agents, who are told of the app's errors only as its options allow. */
  #reasonOf({ kind }: AttachmentSource, error: unknown): string {
    if (error instanceof OwnWordsError) return error.message;
    if (kind !== 'load') return 'it could not be read';
    return this.settings.replies.exposeErrors
      ? this.#logger.describe(error)
      : 'the app could not load it';
  }
}

function isCancelled(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

function tooBig(attachment: StoredAttachment, size: number | undefined): PreparedAttachment {
  const { source } = attachment;
  const name = givenName(attachment) || 'file';
  return { kind: 'too_big', name, size, link: source.kind === 'url' ? source.url : undefined };
}

/** For the log: no query, which may hold a key. */
function describeSource(source: AttachmentSource): string {
  switch (source.kind) {
    case 'stored':
      return 'given as data';
    case 'path':
      return source.path;
    case 'url':
      return source.url.replace(/[?#].*$/s, '');
    case 'load':
      return `load ${source.id}`;
  }
}
