import { Secret } from './secret.js';

/** What Telegram must show with each update: the first is registered, every one of them is accepted. */
export class WebhookSecrets {
  readonly #current: Secret;
  readonly #all: readonly Secret[];

  /** @param former Accepted until Telegram has forgotten them. */
  constructor(current: Secret, former: readonly Secret[] = []) {
    this.#current = current;
    this.#all = [current, ...former];
  }

  /** The one that Telegram is told. */
  get current(): Secret {
    return this.#current;
  }

  /** Every one that is accepted, the current one first. */
  get all(): readonly Secret[] {
    return this.#all;
  }

  /** Whether one is about to take the place of another. */
  get isRotating(): boolean {
    return this.#all.length > 1;
  }

  /** Compares with every one of them, so that the time tells nothing of which it was. */
  accepts(candidate: string): boolean {
    return this.#all.map((secret) => secret.equals(candidate)).includes(true);
  }
}
