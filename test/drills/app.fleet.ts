import { vi } from 'vitest';
import { RunningProgram } from '../support/run.js';

/** Where the processes run. */
export const PLACES = ['A', 'B', 'C'] as const;

export type Place = (typeof PLACES)[number];

const BOOT_TIMEOUT_MS = 60_000;

/**
 * The app processes of one desk. Each has a place, `A` to `C`, with a port of its own, where it is
 * started again after a kill; `A2` is the second process at place A.
 */
export class AppFleet {
  /** The names of the processes that were killed, in order. */
  readonly killed: string[] = [];
  readonly #program: string;
  readonly #env: Record<string, string>;
  readonly #ports: readonly number[];
  readonly #running = new Map<Place, RunningProgram>();
  readonly #serving = new Set<Place>();
  readonly #starts = new Map<Place, number>();
  #stopped = false;

  /** @param ports Of the places, in their order. */
  constructor(program: string, env: Record<string, string>, ports: readonly number[]) {
    this.#program = program;
    this.#env = env;
    this.#ports = ports;
  }

  /** The places whose process listens. */
  get serving(): Place[] {
    return [...this.#serving];
  }

  /**
   * Resolves when the process listens.
   *
   * @param extra Further environment of this process.
   */
  async start(place: Place, extra: Record<string, string> = {}): Promise<void> {
    if (this.#stopped) throw new Error('The drill is over');
    this.#starts.set(place, (this.#starts.get(place) ?? 0) + 1);
    const program = new RunningProgram([this.#program], {
      ...this.#env,
      ...extra,
      NAME: this.nameAt(place),
      PORT: String(this.#ports[PLACES.indexOf(place)]),
    });
    this.#running.set(place, program);
    const isUp = () => {
      if (!program.isRunning) throw new Error(`The app has ended:\n${program.output}`);
      return program.output.includes('The app listens');
    };
    await vi.waitUntil(isUp, { timeout: BOOT_TIMEOUT_MS, interval: 20 });
    this.#serving.add(place);
  }

  /** Ends the process at a place without a word. */
  async kill(place: Place): Promise<void> {
    this.#serving.delete(place);
    this.killed.push(this.nameAt(place));
    await this.#running.get(place)?.stop('SIGKILL');
  }

  /** Sends a signal to the process at a place, which goes on. */
  signal(place: Place, signal: NodeJS.Signals): void {
    this.#running.get(place)?.signal(signal);
  }

  /** The name of the process that was started last at a place. */
  nameAt(place: Place): string {
    return `${place}${this.#starts.get(place) ?? 0}`;
  }

  /** Where the process at a place listens. */
  urlOf(place: Place): string {
    return `http://127.0.0.1:${this.#ports[PLACES.indexOf(place)]}`;
  }

  /** What the process at a place has written to its log. */
  logOf(place: Place): string {
    return this.#running.get(place)?.output ?? '';
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#running.values()].map((program) => program.stop('SIGKILL')));
  }
}
