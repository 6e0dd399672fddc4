/**
 * A text that Telegram refuses. The message is Telegram's own, before the API puts
 * `Bad Request: ` in front of it and lowers its first letter.
 */
export class TextError extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}
