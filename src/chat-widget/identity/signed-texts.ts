import { Secret } from '../../secrets/secret.js';

/** 192 bits cannot be guessed, and have no spare bits in base64. */
const SIGNATURE_BYTES = 24;
const SIGNATURE_LENGTH = 32;

/** More than any text that this module signs. */
const LONGEST = 4_096;

/** Signs texts of one purpose, so that whoever shows one has got it from this app. */
export class SignedTexts {
  readonly #key: Secret;
  readonly #prefix: string;

  /**
   * @param secret That of the chat.
   * @param purpose What is signed for one purpose is nothing for another one.
   * @param prefix What the signed texts begin with.
   */
  constructor(secret: Secret, purpose: string, prefix = '') {
    this.#key = secret.derive(purpose);
    this.#prefix = prefix;
  }

  /** Letters, digits, `_` and `-`, behind the prefix. */
  sign(payload: readonly unknown[]): string {
    const body = Buffer.from(JSON.stringify(payload), 'utf8').toString('base64url');
    return this.#prefix + this.#signatureOf(body) + body;
  }

  /** Whether a text has the form of those that are signed here. */
  isOne(text: string): boolean {
    return text.startsWith(this.#prefix);
  }

  /** What was signed; null when the text is forged or cut. Takes the same time for each. */
  read(text: string): readonly unknown[] | null {
    if (!this.isOne(text) || text.length > LONGEST) return null;
    const start = this.#prefix.length + SIGNATURE_LENGTH;
    const body = text.slice(start);
    const signature = text.slice(this.#prefix.length, start);
    if (!new Secret(this.#signatureOf(body)).equals(signature)) return null;
    const payload: unknown = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
    return Array.isArray(payload) ? payload : null;
  }

  #signatureOf(body: string): string {
    return this.#key.sign(body, SIGNATURE_BYTES).toString('base64url');
  }
}
