import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { inspect } from 'node:util';

const SHOWN_AS = '[secret]';

/** A string that must never be shown: printing, logging or serialising it yields a placeholder. */
export class Secret {
  readonly #value: string;
  /** Computed once, because every request is compared with it. */
  readonly #digest: Buffer;

  constructor(value: string) {
    this.#value = value;
    this.#digest = digest(value);
  }

  /** The string itself, for the code that has to send it. */
  reveal(): string {
    return this.#value;
  }

  /** Another secret for one purpose: the same in every process, and useless for finding this one. */
  derive(purpose: string): Secret {
    return new Secret(createHmac('sha256', this.#value).update(purpose).digest('base64url'));
  }

  /** The first `bytes` bytes of the HMAC-SHA256 of `data` under this secret. */
  sign(data: string, bytes: number): Buffer {
    return createHmac('sha256', this.#value).update(data).digest().subarray(0, bytes);
  }

  /** Compares in constant time: it depends neither on where the two differ nor on their lengths. */
  equals(candidate: string): boolean {
    return timingSafeEqual(this.#digest, digest(candidate));
  }

  toString(): string {
    return SHOWN_AS;
  }

  toJSON(): string {
    return SHOWN_AS;
  }

  [inspect.custom](): string {
    return SHOWN_AS;
  }
}

function digest(value: string): Buffer {
  // Node computes a hexadecimal digest in half the time of a buffer.
  return Buffer.from(hash('sha256', value));
}
