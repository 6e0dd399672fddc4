/** A command was given up, because the process ends and Redis does not answer. */
export class ShutdownAbortedError extends Error {
  constructor() {
    super('The process ends and Redis does not answer');
    this.name = new.target.name;
  }
}
