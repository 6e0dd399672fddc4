/** A request of the page that is refused; its message is what the page shows. */
export class PageError extends Error {
  constructor(
    /** The HTTP status. */
    readonly status: 400 | 403 | 404 | 405 | 413 | 415 | 429 | 500,
    message: string,
  ) {
    super(message);
    this.name = new.target.name;
  }
}
