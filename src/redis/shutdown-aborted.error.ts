/** The process ends, and does not wait any longer for a Redis that is away. */
export class ShutdownAbortedError extends Error {
  constructor() {
    super('The process ends while Redis is away');
    this.name = new.target.name;
  }
}
