/** How many jobs of a queue wait, as far as this process knows: those that it has enqueued, minus those it has done. */
export class WaitingCount {
  #count = 0;
  #changes = 0;

  get count(): number {
    return this.#count;
  }

  /** How often it has grown. */
  get changes(): number {
    return this.#changes;
  }

  add(jobs: number): void {
    if (jobs > 0) this.#changes += 1;
    this.#count += jobs;
  }

  /** Jobs of other processes may be among them. */
  remove(jobs: number): void {
    this.#count = Math.max(0, this.#count - jobs);
  }

  /** Nothing waits any more. */
  clear(): void {
    this.#count = 0;
  }
}
