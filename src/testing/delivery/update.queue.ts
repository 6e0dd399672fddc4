import type { Update } from '@grammyjs/types';
import { isJsonObject } from '../parameters/json.fields.js';

/** A kind of update, by the name of its field. */
export type UpdateKind = Exclude<keyof Update, 'update_id'>;

/** An update that waits for delivery. */
export interface PendingUpdate {
  /** Updates of one key are delivered one after the other. */
  readonly key: string;
  /** The JSON to deliver. */
  readonly body: string;
}

/** These have to be asked for by name (telegram-bot-api, Client.h:1456). */
const NOT_BY_DEFAULT: ReadonlySet<string> = new Set<UpdateKind>([
  'chat_member',
  'message_reaction',
  'message_reaction_count',
]);

/** All kinds of update there are. */
const KINDS = Object.keys({
  message: true,
  edited_message: true,
  channel_post: true,
  edited_channel_post: true,
  business_connection: true,
  business_message: true,
  edited_business_message: true,
  deleted_business_messages: true,
  guest_message: true,
  stopped_message_generation: true,
  message_reaction: true,
  message_reaction_count: true,
  inline_query: true,
  chosen_inline_result: true,
  callback_query: true,
  shipping_query: true,
  pre_checkout_query: true,
  purchased_paid_media: true,
  poll: true,
  poll_answer: true,
  my_chat_member: true,
  chat_member: true,
  chat_join_request: true,
  chat_boost: true,
  removed_chat_boost: true,
  managed_bot: true,
  subscription: true,
} satisfies Record<UpdateKind, true>);

/**
 * The updates of the bot that wait for delivery, a lane per key. Updates are numbered from a
 * random start and filtered when they are created, not when they are delivered.
 */
export class UpdateQueue {
  readonly #lanes = new Map<string, PendingUpdate[]>();
  readonly #onChange: () => void;
  #injected = 0;
  #nextId = 2_000_001 + Math.floor(Math.random() * 998_000_000);
  /** Undefined: the default. */
  #allowed: readonly string[] | undefined;

  /** @param onChange Called whenever an update came or went. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** How many updates wait, those under way included. */
  get size(): number {
    let size = 0;
    for (const lane of this.#lanes.values()) size += lane.length;
    return size;
  }

  /** The keys that have updates. */
  get keys(): string[] {
    return [...this.#lanes.keys()];
  }

  /** The kinds the bot asked for; undefined while it takes the default. */
  get allowed(): readonly string[] | undefined {
    return this.#allowed;
  }

  /**
   * Sets the kinds the bot takes. Unknown names are ignored; none, or unknown ones alone, mean the
   * default, and so does naming the default (telegram-bot-api, Client.cpp:16889-16946).
   */
  allow(names: readonly string[]): void {
    const known = KINDS.filter((kind) => names.includes(kind));
    const isDefault = KINDS.every((kind) => known.includes(kind) !== NOT_BY_DEFAULT.has(kind));
    this.#allowed = known.length === 0 || isDefault ? undefined : known;
  }

  /** Queues an update of `kind`, unless the bot does not take this kind. */
  create(kind: UpdateKind, payload: object, key: string): void {
    const allowed = this.#allowed ? this.#allowed.includes(kind) : !NOT_BY_DEFAULT.has(kind);
    if (!allowed) return;
    const id = this.#nextId++;
    this.#add({
      key,
      body: `{"update_id":${id},\n${JSON.stringify(kind)}:${JSON.stringify(payload)}}`,
    });
  }

  /** Queues any JSON as it is; by default under the key of the message that it holds. */
  inject(update: unknown, key?: string | number): void {
    const lane = key ?? findChatId(update) ?? `injected ${this.#injected++}`;
    this.#add({ key: String(lane), body: JSON.stringify(update) ?? 'null' });
  }

  /** The update of `key` whose turn it is. */
  head(key: string): PendingUpdate | undefined {
    return this.#lanes.get(key)?.[0];
  }

  /** Removes `update` if it is still the first of its lane. */
  remove(update: PendingUpdate): void {
    const lane = this.#lanes.get(update.key);
    if (lane?.[0] !== update) return;
    lane.shift();
    if (lane.length === 0) this.#lanes.delete(update.key);
    this.#onChange();
  }

  /** Drops everything. */
  clear(): void {
    this.#lanes.clear();
    this.#onChange();
  }

  #add(update: PendingUpdate): void {
    const lane = this.#lanes.get(update.key);
    if (lane) lane.push(update);
    else this.#lanes.set(update.key, [update]);
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
