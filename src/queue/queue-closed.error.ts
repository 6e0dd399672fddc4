/** The queue is shutting down: it takes nothing more, and what it still holds may not be handled here. */
export class QueueClosedError extends Error {
  constructor() {
    super('The application is shutting down');
    this.name = new.target.name;
  }
}
