import type { EmulatorFault } from './emulator.fault.js';

/** The faults that calls to come will meet. */
export class FaultPlan {
  readonly #planned = new Map<string, EmulatorFault[]>();

  /** Plans `fault` for the next `times` calls of a method, after those planned before. */
  add(method: string, fault: EmulatorFault, times: number): void {
    const name = method.toLowerCase();
    const planned = this.#planned.get(name) ?? [];
    this.#planned.set(name, [...planned, ...Array.from({ length: times }, () => fault)]);
  }

  /** The fault for the call of a method that has just come. */
  take(method: string): EmulatorFault | undefined {
    return this.#planned.get(method.toLowerCase())?.shift();
  }
}
