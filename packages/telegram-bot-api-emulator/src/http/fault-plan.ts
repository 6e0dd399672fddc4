import type { SeededRandom } from '../common/seeded-random.js';
import type { BotApiCall } from './bot-api-call.js';
import type { EmulatorFault } from './emulator-fault.js';

/** Which of the next calls of a method go wrong. */
export interface FailingCalls {
  /** How many. 1 by default. */
  readonly times?: number;
  /** Whether a call is meant; by default each of the method is. */
  readonly when?: (call: BotApiCall) => boolean;
}

/** A fault that the next call that is meant will meet. */
export interface PlannedFault extends Pick<FailingCalls, 'when'> {
  readonly fault: EmulatorFault;
}

/** A fault that a share of the calls will meet. */
export interface SharedFault {
  readonly fault: EmulatorFault;
  /** From 0, no call, to 1, every call. */
  readonly share: number;
  /** Lower case; undefined for all methods. */
  readonly method: string | undefined;
}

/** The faults that calls to come will meet. */
export class FaultPlan {
  readonly #random: SeededRandom;
  readonly #planned = new Map<string, PlannedFault[]>();
  readonly #shared = new Set<SharedFault>();
  readonly #onChange: () => void;

  /** @param onChange Called whenever faults were planned, met or ended. */
  constructor(random: SeededRandom, onChange: () => void = () => undefined) {
    this.#random = random;
    this.#onChange = onChange;
  }

  /** The faults that the next calls of a method will meet, by its name in lower case. */
  get planned(): ReadonlyMap<string, readonly PlannedFault[]> {
    return this.#planned;
  }

  /** The faults that a share of the calls will meet. */
  get shared(): Iterable<SharedFault> {
    return this.#shared;
  }

  /** Plans `fault` for the next calls of a method, after those planned before. */
  add(method: string, fault: EmulatorFault, { times = 1, when }: FailingCalls): void {
    const name = method.toLowerCase();
    const planned = this.#planned.get(name) ?? [];
    const added = Array.from({ length: times }, () => ({ fault, when }));
    this.#planned.set(name, [...planned, ...added]);
    this.#onChange();
  }

  /** Lets a share of all calls meet a fault; returns what ends it. */
  addShared(shared: SharedFault): () => void {
    this.#shared.add(shared);
    this.#onChange();
    return () => {
      if (this.#shared.delete(shared)) this.#onChange();
    };
  }

  /** The fault for a call that has just come. */
  take(call: BotApiCall): EmulatorFault | undefined {
    const name = call.method.toLowerCase();
    const planned = this.#planned.get(name) ?? [];
    const index = planned.findIndex(({ when }) => when?.(call) ?? true);
    const [met] = index === -1 ? [] : planned.splice(index, 1);
    if (met) {
      this.#onChange();
      return met.fault;
    }
    for (const shared of this.#shared) {
      const isMeant = shared.method === undefined || shared.method === name;
      if (isMeant && this.#random.next() < shared.share) return shared.fault;
    }
    return undefined;
  }
}
