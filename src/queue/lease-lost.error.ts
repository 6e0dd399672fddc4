/** Another process works on the key, because this one was not heard of for too long. */
export class LeaseLostError extends Error {
  constructor(key: string) {
    super(`Another process has taken over the jobs of ${key}`);
    this.name = new.target.name;
  }
}
