import { VirtualClock } from 'telegram-bot-api-emulator';

/** Knows whether a source is about to be tried again: that wait takes 5 s at most, a deadline 20 s. */
export class RetryClock extends VirtualClock {
  readonly #retries = new Set<object>();

  get isBetweenTries(): boolean {
    return this.#retries.size > 0;
  }

  override setTimer(callback: () => void, delayMs: number): { cancel(): void } {
    if (delayMs > 5_000) return super.setTimer(callback, delayMs);
    const retry = {};
    this.#retries.add(retry);
    const end = (): void => void this.#retries.delete(retry);
    const timer = super.setTimer(() => {
      end();
      callback();
    }, delayMs);
    return {
      cancel: () => {
        end();
        timer.cancel();
      },
    };
  }
}
