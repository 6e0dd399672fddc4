import type { Clock } from '../common/clock.js';
import { isInteger, isString, optional } from '../updates/json-checks.js';
import { Secret } from '../secrets/secret.js';

/** 192 bits cannot be guessed, and have no spare bits in base64. */
const SIGNATURE_BYTES = 24;
const SIGNATURE_LENGTH = 32;

/** A file of a thread, and until when it may be fetched. */
export interface FileReference {
  readonly desk: string;
  readonly threadId: string;
  /** Telegram's `file_id`. */
  readonly fileId: string;
  readonly name?: string | undefined;
  readonly contentType?: string | undefined;
  readonly size?: number | undefined;
  readonly expiresAt: Date;
}

/** What is signed, in this order. */
type Payload = readonly [
  desk: string,
  threadId: string,
  fileId: string,
  expiresAtMs: number,
  name: string | null,
  contentType: string | null,
  size: number | null,
];

/** Signs references to files, so that whoever has one may fetch this file and no other, for some time. */
export class FileReferences {
  readonly #key: Secret;
  readonly #clock: Clock;

  /** @param key Derived from the token, so that another bot's references are foreign. */
  constructor(key: Secret, clock: Clock) {
    this.#key = key;
    this.#clock = clock;
  }

  /** The reference as opaque text: letters, digits, `_` and `-`. */
  sign({ desk, threadId, fileId, name, contentType, size, expiresAt }: FileReference): string {
    const payload: Payload = [
      desk,
      threadId,
      fileId,
      expiresAt.getTime(),
      name ?? null,
      contentType ?? null,
      size ?? null,
    ];
    const body = Buffer.from(JSON.stringify(payload), 'utf8').toString('base64url');
    return this.#signatureOf(body) + body;
  }

  /** The reference; null when it is forged, cut, another bot's, or has expired. Takes the same time for each of them. */
  read(text: string): FileReference | null {
    const [signature, body] = [text.slice(0, SIGNATURE_LENGTH), text.slice(SIGNATURE_LENGTH)];
    const isGenuine = new Secret(this.#signatureOf(body)).equals(signature);
    const reference = parse(body);
    if (!isGenuine || !reference) return null;
    return reference.expiresAt.getTime() > this.#clock.now() ? reference : null;
  }

  #signatureOf(body: string): string {
    return this.#key.sign(body, SIGNATURE_BYTES).toString('base64url');
  }
}

function parse(body: string): FileReference | null {
  try {
    const payload: unknown = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
    if (!isPayload(payload)) return null;
    const [desk, threadId, fileId, expiresAtMs, name, contentType, size] = payload;
    return {
      desk,
      threadId,
      fileId,
      expiresAt: new Date(expiresAtMs),
      ...(name !== null && { name }),
      ...(contentType !== null && { contentType }),
      ...(size !== null && { size }),
    };
  } catch {
    return null;
  }
}

function isPayload(value: unknown): value is Payload {
  if (!Array.isArray(value)) return false;
  const [desk, threadId, fileId, expiresAtMs, name, contentType, size]: unknown[] = value;
  return (
    [desk, threadId, fileId].every((each) => isString(each)) &&
    isInteger(expiresAtMs) &&
    optional(name ?? undefined, isString) &&
    optional(contentType ?? undefined, isString) &&
    optional(size ?? undefined, isInteger)
  );
}
