/** Thrown by a consumer when no further attempt can help: the item becomes a dead letter at once. */
export class LaneItemRefusedError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}
