import { Inject, Injectable } from '@nestjs/common';
import { Clock, type Timer } from '../common/clock.js';
import { Lease } from '../storage/lease.js';

/** The `Lease` under which one process at a time polls. It has to live for {@link LEASE_LIFE_MS}. */
export const POLLING_LEASE = Symbol('TELEGRAM_POLLING_LEASE');

/** How long the lease of a process that has died keeps other processes from polling. */
export const LEASE_LIFE_MS = 10_000;

/** How often the lease is acquired or renewed. */
const RENEW_INTERVAL_MS = 3_000;

/**
 * How old the last renewal may be while Redis does not answer. The renewal after that, which may take
 * 2 s, comes before the lease expires.
 */
const TRUSTED_MS = 4_000;

/** Makes one process at a time the leader, by a lease that the leader renews. */
@Injectable()
export class LeaderElection {
  #timer: Timer | undefined;
  #isStopped = false;
  /** Aborted when this process is no longer the leader; undefined while it is not. */
  #leadership: AbortController | undefined;
  #renewedAtMs = 0;

  constructor(
    @Inject(POLLING_LEASE) private readonly lease: Lease,
    private readonly clock: Clock,
  ) {}

  /** Whether this process is the leader, or was when {@link stop} was called. */
  get isLeader(): boolean {
    return this.#leadership !== undefined;
  }

  /**
   * Calls `onElected` each time this process becomes the leader, with a signal that is aborted when it no
   * longer is, and `onRefused` each time another process is found to be.
   */
  start(onElected: (lost: AbortSignal) => void, onRefused: () => void = () => undefined): void {
    void this.#renew(onElected, onRefused);
  }

  /** Stops renewing, and aborts what is done as the leader. */
  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
    this.#leadership?.abort();
  }

  /** Lets another process become the leader at once. @throws When Redis does not answer. */
  release(): Promise<void> {
    return this.lease.release();
  }

  async #renew(onElected: (lost: AbortSignal) => void, onRefused: () => void): Promise<void> {
    const isHeld = await this.#isLeaseHeld(onRefused);
    if (this.#isStopped) return;
    if (!isHeld) this.#lose();
    else if (!this.#leadership) {
      this.#leadership = new AbortController();
      onElected(this.#leadership.signal);
    }
    this.#timer = this.clock.setTimer(
      () => void this.#renew(onElected, onRefused),
      RENEW_INTERVAL_MS,
    );
  }

  async #isLeaseHeld(onRefused: () => void): Promise<boolean> {
    const nowMs = this.clock.monotonicMs();
    try {
      const isHeld = await this.lease.acquire();
      if (isHeld) this.#renewedAtMs = nowMs;
      else if (!this.#isStopped) onRefused();
      return isHeld;
    } catch {
      // While Redis does not answer, no other process can acquire the lease before it expires.
      return this.isLeader && this.clock.monotonicMs() - this.#renewedAtMs < TRUSTED_MS;
    }
  }

  #lose(): void {
    this.#leadership?.abort();
    this.#leadership = undefined;
  }
}
