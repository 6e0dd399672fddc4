import type { Clock } from '../time/clock.js';
import type { StoredFile } from './stored-file.js';

/** How long the path of `getFile` leads to the file at least, and in the emulator at most. */
const VALID_MS = 60 * 60 * 1000;

/** The paths that `getFile` has answered with, each of which is for one bot and for an hour. */
export class DownloadLinks {
  readonly #clock: Clock;
  readonly #links = new Map<string, { readonly file: StoredFile; readonly until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Lets a bot download a file for an hour from now. */
  grant(botId: number, file: StoredFile): void {
    const until = this.#clock.monotonicMs() + VALID_MS;
    this.#links.set(`${botId} ${file.path}`, { file, until });
  }

  /** The file at a path; undefined when the bot has not asked for it, or too long ago. */
  find(botId: number, path: string): StoredFile | undefined {
    const link = this.#links.get(`${botId} ${path}`);
    return link && this.#clock.monotonicMs() <= link.until ? link.file : undefined;
  }
}
