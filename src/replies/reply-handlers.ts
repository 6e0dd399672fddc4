import type { ReplyHandler } from './reply-handler.interface.js';

/** How long after a module was loaded its providers may still be on their way. */
const LOADING_MS = 60_000;

/** What {@link ReplyHandlers} asks of the app. */
export interface ReplyHandlerSource {
  /** Looks through all providers and controllers. */
  find(): readonly ReplyHandler[];
  /** How many modules the app has. */
  countModules(): number;
}

/** The reply handlers of this process, with those of modules that were loaded after boot. */
export class ReplyHandlers {
  readonly #source: ReplyHandlerSource;
  #found: readonly ReplyHandler[];
  #modules: number;
  #loadedAtMs = -Infinity;

  constructor(source: ReplyHandlerSource) {
    this.#source = source;
    this.#found = source.find();
    this.#modules = source.countModules();
  }

  /** Those that are there now. Looks for further ones only while a module that was loaded may have some. */
  all(): readonly ReplyHandler[] {
    const modules = this.#source.countModules();
    if (modules !== this.#modules) {
      this.#modules = modules;
      this.#loadedAtMs = performance.now();
    }
    if (performance.now() - this.#loadedAtMs < LOADING_MS) this.#found = this.#source.find();
    return this.#found;
  }
}
