import type { Clock, Timer } from '../common/clock.js';
import type { Lease } from '../storage/lease.js';

/** How long the right of a process that has died keeps the others from it. */
export const LEASE_LIFE_MS = 10_000;

/** How often it is claimed, by who has it and by who waits for it. */
const CLAIM_INTERVAL_MS = 3_000;

/** How old the last claim may be while nobody answers: by the next one, which may take 2 s, it is too old. */
const TRUSTED_MS = 4_000;

/** Claims a lease again and again, and says when it is there and when it is gone. */
export class LeaderElection {
  readonly #lease: Lease;
  readonly #clock: Clock;
  #timer: Timer | undefined;
  #isStopped = false;
  #loss: AbortController | undefined;
  #claimedAtMs = 0;

  /** @param lease That lives for {@link LEASE_LIFE_MS}. */
  constructor(lease: Lease, clock: Clock) {
    this.#lease = lease;
    this.#clock = clock;
  }

  /** Whether this process has had the right up to now, or up to {@link stop}. */
  get isLeader(): boolean {
    return this.#loss !== undefined;
  }

  /**
   * Calls `onHeld` each time the right is there, with a signal that tells when it is no longer, and
   * `onRefused` each time another process is found to have it.
   */
  start(onHeld: (lost: AbortSignal) => void, onRefused: () => void = () => undefined): void {
    void this.#claim(onHeld, onRefused);
  }

  /** Ends the claims, and what is done under the right. */
  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
    this.#loss?.abort();
  }

  /** Lets another process have the right at once. @throws When that cannot be said. */
  release(): Promise<void> {
    return this.#lease.release();
  }

  async #claim(onHeld: (lost: AbortSignal) => void, onRefused: () => void): Promise<void> {
    const isHeld = await this.#isHeld(onRefused);
    if (this.#isStopped) return;
    if (!isHeld) this.#lose();
    else if (!this.#loss) {
      this.#loss = new AbortController();
      onHeld(this.#loss.signal);
    }
    this.#timer = this.#clock.setTimer(
      () => void this.#claim(onHeld, onRefused),
      CLAIM_INTERVAL_MS,
    );
  }

  async #isHeld(onRefused: () => void): Promise<boolean> {
    const nowMs = this.#clock.monotonicMs();
    try {
      const isHeld = await this.#lease.acquire();
      if (isHeld) this.#claimedAtMs = nowMs;
      else if (!this.#isStopped) onRefused();
      return isHeld;
    } catch {
      // Nobody answers, so nobody else gets it before it has lived out.
      return this.#loss !== undefined && this.#clock.monotonicMs() - this.#claimedAtMs < TRUSTED_MS;
    }
  }

  #lose(): void {
    this.#loss?.abort();
    this.#loss = undefined;
  }
}
