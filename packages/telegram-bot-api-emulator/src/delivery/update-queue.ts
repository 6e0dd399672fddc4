import type { Clock } from '../time/clock.js';
import { isJsonObject } from '../parameters/json-fields.js';
import { AllowedUpdates, UPDATE_LIFETIME_SECONDS, type UpdateKind } from './allowed-updates.js';

/** An update that waits for delivery. */
export interface PendingUpdate {
  /** The `update_id`; negative for what was injected without one. */
  readonly id: number;
  /** Updates of one key are delivered one after the other. */
  readonly key: string;
  /** The JSON to deliver. */
  readonly body: string;
  /** When Telegram gives it up, by the monotonic time of the clock. */
  readonly expiresAt: number;
}

/** Updates beyond this many, or this many bytes, are lost (td: TQueue.cpp:86-138). */
const MAX_UPDATES = 100_000;
const MAX_BYTES = 128 << 20;
/** Update ids begin at random from here (td: TQueue.cpp:160-166). */
const FIRST_ID = 2_000_001;
const LAST_FIRST_ID = 1_000_000_000;

/**
 * The updates of a bot that wait for delivery, in a list per key. Updates are numbered from a random
 * start and filtered when they are created, not when they are delivered.
 */
export class UpdateQueue {
  /** What the bot takes, be it through a webhook or by polling. */
  readonly allowed = new AllowedUpdates();
  readonly #clock: Clock;
  readonly #onChange: () => void;
  readonly #lists = new Map<string, PendingUpdate[]>();
  #size = 0;
  #bytes = 0;
  #injected = 0;
  #nextId = FIRST_ID;

  /** @param onChange Called whenever an update came or went. */
  constructor(clock: Clock, onChange: () => void) {
    this.#clock = clock;
    this.#onChange = onChange;
    this.renumber();
  }

  /** How many updates wait, those under way included. */
  get size(): number {
    return this.#size;
  }

  /** The keys that have updates. */
  get keys(): string[] {
    return [...this.#lists.keys()];
  }

  /** The id that the next update will have. */
  get nextId(): number {
    return this.#nextId;
  }

  /** All that waits, in the order in which it came. */
  get list(): PendingUpdate[] {
    return [...this.#lists.values()].flat().toSorted((one, other) => one.id - other.id);
  }

  /** The update of `key` whose turn it is. */
  head(key: string): PendingUpdate | undefined {
    return this.#lists.get(key)?.[0];
  }

  /** Queues an update of `kind`, unless the bot does not take this kind. */
  create(kind: UpdateKind, payload: object, key: string): void {
    if (!this.allowed.has(kind)) return;
    const id = this.#nextId++;
    this.#add({
      id,
      key,
      body: `{"update_id":${id},\n${JSON.stringify(kind)}:${JSON.stringify(payload)}}`,
      expiresAt: this.#clock.monotonicMs() + UPDATE_LIFETIME_SECONDS[kind] * 1000,
    });
  }

  /** Queues any JSON as it is; by default under the key of the message that it holds. */
  inject(update: unknown, key?: string | number): void {
    const ownKey = key ?? findChatId(update) ?? `injected ${this.#injected}`;
    this.#injected++;
    const id = isJsonObject(update) ? update['update_id'] : undefined;
    this.#add({
      id: typeof id === 'number' ? id : -this.#injected,
      key: String(ownKey),
      body: JSON.stringify(update) ?? 'null',
      expiresAt: Number.POSITIVE_INFINITY,
    });
  }

  /** Queues an update once more, under an id of its own. */
  repeat({ id, key, body, expiresAt }: PendingUpdate): void {
    const next = this.#nextId++;
    const renumbered = body.replace(`"update_id":${id}`, `"update_id":${next}`);
    this.#add({ id: next, key, body: renumbered, expiresAt });
  }

  /** Lets the second update of a key go before the first; false without a second. */
  swap(key: string): boolean {
    const list = this.#lists.get(key);
    const [first, second] = list ?? [];
    if (!list || !first || !second) return false;
    list.splice(0, 2, second, first);
    return true;
  }

  /** Removes an update, if it still waits. */
  remove(update: PendingUpdate): void {
    const list = this.#lists.get(update.key);
    const index = list?.indexOf(update) ?? -1;
    if (!list || index < 0) return;
    list.splice(index, 1);
    this.#size--;
    this.#bytes -= Buffer.byteLength(update.body);
    if (list.length === 0) this.#lists.delete(update.key);
    this.#onChange();
  }

  /** Drops everything. */
  clear(): void {
    this.#lists.clear();
    this.#size = 0;
    this.#bytes = 0;
    this.#onChange();
  }

  /**
   * Counts from another start, as Telegram does after a week without updates: ids may go down.
   *
   * @param first The next id; by default a random one.
   */
  renumber(first?: number): void {
    this.#nextId = first ?? FIRST_ID + Math.floor(Math.random() * (LAST_FIRST_ID - FIRST_ID));
  }

  #add(update: PendingUpdate): void {
    const bytes = this.#bytes + Buffer.byteLength(update.body);
    if (this.#size >= MAX_UPDATES || bytes > MAX_BYTES) return;
    const list = this.#lists.get(update.key);
    if (list) list.push(update);
    else this.#lists.set(update.key, [update]);
    this.#size++;
    this.#bytes = bytes;
    this.#onChange();
  }
}

/** The chat of the message that an update holds, whatever kind of message it is. */
function findChatId(update: unknown): number | undefined {
  if (!isJsonObject(update)) return undefined;
  for (const kind of ['message', 'edited_message', 'channel_post', 'edited_channel_post']) {
    const message = update[kind];
    const chat = isJsonObject(message) ? message['chat'] : undefined;
    const id = isJsonObject(chat) ? chat['id'] : undefined;
    if (typeof id === 'number') return id;
  }
  return undefined;
}
