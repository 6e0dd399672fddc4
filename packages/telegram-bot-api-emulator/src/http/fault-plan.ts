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

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** Plans `fault` for the next `times` calls of a method, after those planned before. */
  add(method: string, fault: EmulatorFault, times: number): void {
    const name = method.toLowerCase();
    const planned = this.#planned.get(name) ?? [];
    this.#planned.set(name, [...planned, ...Array.from({ length: times }, () => fault)]);
  }

  /** Lets a share of all calls meet a fault; returns what ends it. */
  addShared(shared: SharedFault): () => void {
    this.#shared.add(shared);
    return () => void this.#shared.delete(shared);
  }

  /** The fault for the call of a method that has just come. */
  take(method: string): EmulatorFault | undefined {
    const name = method.toLowerCase();
    const planned = this.#planned.get(name)?.shift();
    if (planned) return planned;
    for (const shared of this.#shared) {
      const isMeant = shared.method === undefined || shared.method === name;
      if (isMeant && this.#random.next() < shared.share) return shared.fault;
    }
    return undefined;
  }
}
