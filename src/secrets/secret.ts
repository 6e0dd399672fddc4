import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { inspect } from 'node:util';

const SHOWN_AS = '[secret]';

/** A string that must never be seen: printing, logging or serialising it shows a placeholder. */
export class Secret {
  readonly #value: string;
  /** Compared with each request, so it is not made anew for each. */
  readonly #digest: Buffer;

  constructor(value: string) {
    this.#value = value;
    this.#digest = digest(value);
  }

  /** The secret itself, for the one place that must send it. */
  reveal(): string {
    return this.#value;
  }

  /** A secret of its own for another purpose: the same on every instance, useless for finding this one. */
  derive(purpose: string): Secret {
    return new Secret(createHmac('sha256', this.#value).update(purpose).digest('base64url'));
  }

  /** The first `bytes` bytes of the HMAC-SHA256 of `data` under this secret. */
  sign(data: string, bytes: number): Buffer {
    return createHmac('sha256', this.#value).update(data).digest().subarray(0, bytes);
  }

  /** Compares in a time that tells nothing of where, or by what length, the two differ. */
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
  // As text, which Node makes in half the time that a buffer of its own takes it.
  return Buffer.from(hash('sha256', value));
}
