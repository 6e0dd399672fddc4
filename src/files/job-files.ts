import { BackgroundResult } from '../common/background-result.js';
import type { Clock } from '../common/clock.js';
import { delay } from '../common/delay.js';
import { FileSourceError } from './file-source.error.js';
import type { PreparedAttachment } from './prepared-attachment.interface.js';
import type { StoredAttachment } from './stored-attachment.interface.js';

/** How many files of one job are loaded at the same time, and how long all of them may take. */
const CONCURRENCY = 4;
const MOST_MS = 10 * 60 * 1000;

/** When the sender asks again. */
const MIN_RETRY_MS = 250;
const MAX_RETRY_MS = 2_000;

/** What has become of one attachment, and its temporary file. */
export interface LoadedFile {
  readonly prepared: PreparedAttachment;
  readonly spooledAt?: string | undefined;
}

/** Loads one file. Never rejects: the file is missing when the signal is aborted. */
export type LoadFile = (attachment: StoredAttachment, signal: AbortSignal) => Promise<LoadedFile>;

/** The files of one job, while they are loaded and until they are sent. */
export class JobFiles {
  readonly #startedAtMs: number;
  readonly #aborted = new AbortController();
  readonly #loaded: Promise<readonly LoadedFile[]>;
  readonly #prepared: BackgroundResult<readonly PreparedAttachment[]>;
  /** When the sender has asked for them, by the monotonic clock. */
  askedAtMs: number;

  /** Begins to load them. */
  constructor(
    private readonly clock: Clock,
    attachments: readonly StoredAttachment[],
    load: LoadFile,
  ) {
    this.#startedAtMs = this.askedAtMs = clock.monotonicMs();
    this.#loaded = this.#load(attachments, load);
    this.#prepared = new BackgroundResult(this.#loaded.then(preparedOf));
  }

  /** The files in their order; undefined while some of them are being loaded. */
  async ready(): Promise<readonly PreparedAttachment[] | undefined> {
    this.askedAtMs = this.clock.monotonicMs();
    return this.#prepared.ready();
  }

  /** When to ask again, in milliseconds: later, the longer it takes. */
  get retryMs(): number {
    return Math.min(Math.max(MIN_RETRY_MS, Math.round(this.elapsedMs / 4)), MAX_RETRY_MS);
  }

  /** For how long they have been loaded, in milliseconds. */
  get elapsedMs(): number {
    return this.clock.monotonicMs() - this.#startedAtMs;
  }

  /**
   * Ends the loading, and waits until nothing is written any more.
   *
   * @returns The temporary files to remove.
   */
  async abort(): Promise<readonly string[]> {
    this.#aborted.abort();
    const files = await this.#loaded;
    return files.flatMap(({ spooledAt }) => spooledAt ?? []);
  }

  async #load(
    attachments: readonly StoredAttachment[],
    load: LoadFile,
  ): Promise<readonly LoadedFile[]> {
    const { signal } = this.#aborted;
    const done = new AbortController();
    const giveUp = async (): Promise<void> => {
      await delay(this.clock, MOST_MS, done.signal);
      if (!done.signal.aborted)
        this.#aborted.abort(new FileSourceError('it did not arrive in time'));
    };
    void giveUp();
    const files: LoadedFile[] = [];
    const queue = attachments.entries();
    const work = async (): Promise<void> => {
      for (const [index, attachment] of queue) files[index] = await load(attachment, signal);
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
    done.abort();
    return files;
  }
}

function preparedOf(files: readonly LoadedFile[]): readonly PreparedAttachment[] {
  return files.map(({ prepared }) => prepared);
}
