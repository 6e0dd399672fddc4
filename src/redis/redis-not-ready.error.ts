/** Redis answers, and denies what is needed. The log has said how to mend it. */
export class RedisNotReadyError extends Error {
  constructor() {
    super('Redis denies what is needed, as another line of the log says');
    this.name = new.target.name;
  }
}
