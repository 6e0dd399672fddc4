/** A file could not be read while it was sent, so that nothing of its call was carried out. */
export class UnreadableUploadError extends Error {
  /** @param field Of the upload that could not be read. */
  constructor(
    readonly field: string,
    options?: ErrorOptions,
  ) {
    super('A file could not be read while it was sent to Telegram', options);
    this.name = UnreadableUploadError.name;
  }
}
