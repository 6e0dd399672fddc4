/** Blocks work until the test opens it. */
export class Gate {
  #open: () => void = () => undefined;
  #reach: () => void = () => undefined;
  readonly #opened = new Promise<void>((resolve) => {
    this.#open = resolve;
  });
  /** Resolves when work waits for it. */
  readonly reached = new Promise<void>((resolve) => {
    this.#reach = resolve;
  });

  /** For the work: resolves when the gate is open. */
  pass(): Promise<void> {
    this.#reach();
    return this.#opened;
  }

  open(): void {
    this.#open();
  }
}

/** Lets all promises settle that wait for nothing outside the process. */
export function macrotask(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
