/** Settles as `work` does, or rejects when it has not done so after `timeoutMs` of real time. */
export function within<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const late = (): void => reject(new Error(`no answer within ${timeoutMs} ms`));
    const timer = setTimeout(late, timeoutMs);
    const first =
      <V>(settle: (outcome: V) => void) =>
      (outcome: V): void => {
        clearTimeout(timer);
        settle(outcome);
      };
    work.then(first(resolve), first(reject));
  });
}
