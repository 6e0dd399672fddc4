/** Another worker goes on with the lanes that this one held, because this one was not heard of for too long. */
export class LeaseLostError extends Error {
  constructor() {
    super('The lanes of this worker have been taken over by another one');
    this.name = new.target.name;
  }
}
