import type { UploadedFile } from './uploaded-file.interface.js';

/** One parameter of a call. */
export interface BotApiParameter {
  /** The value as Telegram's server sees it: always a text, of objects their JSON. */
  readonly text: string;
  /** The value as the client wrote it: what JSON holds, or the text. */
  readonly value: unknown;
}

const MAX_INT32 = 2 ** 31 - 1;

/**
 * The parameters of a call, read with Telegram's leniency: numbers and texts interchange, objects
 * may come as JSON in a text, numbers out of range are clamped, garbage is 0.
 */
export class BotApiParameters {
  /** The files that came with the call, by the names of their parts. */
  readonly files: ReadonlyMap<string, UploadedFile>;
  readonly #entries: ReadonlyMap<string, BotApiParameter>;

  /** @param entries By name; names are case-sensitive and of equal ones the first holds. */
  constructor(
    entries: Iterable<readonly [string, BotApiParameter]> = [],
    files: ReadonlyMap<string, UploadedFile> = new Map(),
  ) {
    const first = new Map<string, BotApiParameter>();
    for (const [name, parameter] of entries) if (!first.has(name)) first.set(name, parameter);
    this.#entries = first;
    this.files = files;
  }

  /**
   * Reads the fields of an object that came in JSON as if they were parameters of a call.
   *
   * @param files Those that the object may refer to.
   */
  static of(
    object: Readonly<Record<string, unknown>>,
    files?: ReadonlyMap<string, UploadedFile>,
  ): BotApiParameters {
    const entries = Object.entries(object).map(([name, value]) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      return [name, { text, value }] as const;
    });
    return new BotApiParameters(entries, files);
  }

  /** Whether the parameter was sent, be it empty. */
  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** The parameter as a text; empty when it is missing. */
  text(name: string): string {
    return this.#entries.get(name)?.text ?? '';
  }

  /** Whether the parameter is `true`, `yes` or `1` (telegram-bot-api, Client.cpp:9357). */
  boolean(name: string): boolean {
    return ['true', 'yes', '1'].includes(this.text(name).trim().toLowerCase());
  }

  /** A number: out of range it is clamped, garbage is 0 (telegram-bot-api, Client.cpp:12360). */
  integer(name: string, fallback: number, min = -MAX_INT32, max = MAX_INT32): number {
    const text = this.text(name);
    return text === '' ? fallback : Math.min(max, Math.max(min, parseLeadingInteger(text)));
  }

  /** A message or thread id; 0 when missing, negative or garbage. */
  messageId(name: string): number {
    return this.integer(name, 0, 0);
  }

  /**
   * What the JSON of the parameter holds; undefined when the parameter is missing or empty.
   *
   * @throws {@link SyntaxError} When it is no JSON.
   */
  json(name: string): unknown {
    const text = this.text(name);
    return text === '' ? undefined : JSON.parse(text);
  }

  /** All parameters as the client wrote them. */
  toObject(): Record<string, unknown> {
    return Object.fromEntries(
      Array.from(this.#entries, ([name, parameter]) => [name, parameter.value]),
    );
  }
}

/** The number that a text begins with; 0 if it begins with none. */
export function parseLeadingInteger(text: string): number {
  return Number(/^-?\d+/.exec(text)?.[0] ?? 0);
}
