/** An estimate of the waiting jobs of a queue: those that this process has enqueued, minus those that it has completed. */
export class WaitingCount {
  #count = 0;
  #changes = 0;

  get count(): number {
    return this.#count;
  }

  /** How often jobs were added. */
  get changes(): number {
    return this.#changes;
  }

  add(jobs: number): void {
    if (jobs > 0) this.#changes += 1;
    this.#count += jobs;
  }

  /** Not below 0, because jobs of other processes may be among them. */
  remove(jobs: number): void {
    this.#count = Math.max(0, this.#count - jobs);
  }
}
