import type { SeededRandom } from '../common/seeded-random.js';
import type { EmulatorFault } from './emulator-fault.js';

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
  readonly #planned = new Map<string, EmulatorFault[]>();
  readonly #shared = new Set<SharedFault>();
  readonly #onChange: () => void;

  /** @param onChange Called whenever faults were planned, met or ended. */
  constructor(random: SeededRandom, onChange: () => void = () => undefined) {
    this.#random = random;
    this.#onChange = onChange;
  }

  /** The faults that the next calls of a method will meet, by its name in lower case. */
  get planned(): ReadonlyMap<string, readonly EmulatorFault[]> {
    return this.#planned;
  }

  /** The faults that a share of the calls will meet. */
  get shared(): Iterable<SharedFault> {
    return this.#shared;
  }

  /** Plans `fault` for the next `times` calls of a method, after those planned before. */
  add(method: string, fault: EmulatorFault, times: number): void {
    const name = method.toLowerCase();
    const planned = this.#planned.get(name) ?? [];
    this.#planned.set(name, [...planned, ...Array.from({ length: times }, () => fault)]);
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

  /** The fault for the call of a method that has just come. */
  take(method: string): EmulatorFault | undefined {
    const name = method.toLowerCase();
    const planned = this.#planned.get(name)?.shift();
    if (planned) {
      this.#onChange();
      return planned;
    }
    for (const shared of this.#shared) {
      const isMeant = shared.method === undefined || shared.method === name;
      if (isMeant && this.#random.next() < shared.share) return shared.fault;
    }
    return undefined;
  }
}
