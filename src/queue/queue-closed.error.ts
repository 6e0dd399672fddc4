/** The queue is shutting down: it accepts nothing more, and the jobs it still holds may not run in this process. */
export class QueueClosedError extends Error {
  constructor() {
    super('The application is shutting down');
    this.name = new.target.name;
  }
}
