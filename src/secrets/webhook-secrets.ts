import { createHash } from 'node:crypto';
import type { BotToken } from './bot-token.js';
import { Secret } from './secret.js';

/** The header in which Telegram repeats the secret that the webhook was registered with. */
export const SECRET_HEADER = 'x-telegram-bot-api-secret-token';

/** The secrets of one bot's webhook: the first is registered, every one of them is accepted. */
export class WebhookSecrets {
  readonly #all: readonly Secret[];
  /** Keys the fingerprints, so that a fingerprint cannot be used to guess the secret. */
  readonly #fingerprintKey: Secret;

  /** @param former Accepted until Telegram no longer uses them. */
  constructor(
    /** The one to register. */
    readonly current: Secret,
    former: readonly Secret[] = [],
  ) {
    this.#all = [current, ...former];
    // The purpose is part of every fingerprint that is stored, so it cannot be renamed.
    this.#fingerprintKey = current.derive('webhook-mark');
  }

  /**
   * The secrets that an app has configured, the current one first; without any, one that is derived
   * from the bot token and so is the same in all processes.
   */
  static of(configured: readonly string[], token: BotToken): WebhookSecrets {
    const [current, ...former] = configured;
    if (current === undefined) return new WebhookSecrets(token.derive('webhook-secret'));
    return new WebhookSecrets(
      new Secret(current),
      former.map((secret) => new Secret(secret)),
    );
  }

  /** Whether a new secret is replacing a former one. */
  get isRotating(): boolean {
    return this.#all.length > 1;
  }

  /** Everything here that no log line may show. */
  get confidential(): readonly Secret[] {
    return [...this.#all, this.#fingerprintKey];
  }

  /** Whether the value of {@link SECRET_HEADER} is right. Compares with each secret, in constant time. */
  accepts(header: string | readonly string[] | undefined): boolean {
    if (typeof header !== 'string') return false;
    return this.#all.map((secret) => secret.equals(header)).includes(true);
  }

  /** Differs whenever the current secret or the URL differs, and reveals neither. */
  fingerprint(url: string): string {
    return createHash('sha256')
      .update(this.#fingerprintKey.reveal())
      .update(url)
      .digest('base64url');
  }
}
