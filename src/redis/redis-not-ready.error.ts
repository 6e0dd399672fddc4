/** Redis answers, but denies commands or keys that the desk needs. The log says what to do. */
export class RedisNotReadyError extends Error {
  constructor() {
    super('Redis denies what the desk needs; the log says what to do');
    this.name = new.target.name;
  }
}
