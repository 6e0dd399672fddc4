import type { Update } from '@grammyjs/types';

/** A kind of update, by the name of its field. */
export type UpdateKind = Exclude<keyof Update, 'update_id'>;

const HOURS_24 = 24 * 60 * 60;

/**
 * All kinds of update there are, with the seconds that one waits for delivery before Telegram gives
 * it up (telegram-bot-api, Client.cpp:17053, 17158). For kinds whose time is not known, a day.
 */
export const UPDATE_LIFETIME_SECONDS = {
  message: HOURS_24,
  edited_message: HOURS_24,
  channel_post: HOURS_24,
  edited_channel_post: HOURS_24,
  business_connection: HOURS_24,
  business_message: HOURS_24,
  edited_business_message: HOURS_24,
  deleted_business_messages: HOURS_24,
  guest_message: HOURS_24,
  stopped_message_generation: HOURS_24,
  message_reaction: HOURS_24,
  message_reaction_count: HOURS_24,
  inline_query: 30,
  chosen_inline_result: 600,
  callback_query: 150,
  shipping_query: 150,
  pre_checkout_query: 150,
  purchased_paid_media: HOURS_24,
  poll: HOURS_24,
  poll_answer: HOURS_24,
  my_chat_member: HOURS_24,
  chat_member: HOURS_24,
  chat_join_request: HOURS_24,
  chat_boost: HOURS_24,
  removed_chat_boost: HOURS_24,
  managed_bot: HOURS_24,
  subscription: HOURS_24,
} as const satisfies Record<UpdateKind, number>;

/** These have to be asked for by name (telegram-bot-api, Client.h:1456). */
const NOT_BY_DEFAULT: ReadonlySet<string> = new Set<UpdateKind>([
  'chat_member',
  'message_reaction',
  'message_reaction_count',
]);

/** Which kinds of update a bot takes. */
export class AllowedUpdates {
  #names: readonly string[] | undefined;

  /** The kinds the bot asked for; undefined while it takes the default. */
  get names(): readonly string[] | undefined {
    return this.#names;
  }

  /** Whether updates of `kind` are created. */
  has(kind: UpdateKind): boolean {
    return this.#names ? this.#names.includes(kind) : !NOT_BY_DEFAULT.has(kind);
  }

  /**
   * Sets the kinds the bot takes. Unknown names are ignored; none, or unknown ones alone, mean the
   * default, and so does naming the default (telegram-bot-api, Client.cpp:16889-16946).
   */
  set(names: readonly string[]): void {
    const kinds = Object.keys(UPDATE_LIFETIME_SECONDS);
    const known = kinds.filter((kind) => names.includes(kind));
    const isDefault = kinds.every((kind) => known.includes(kind) !== NOT_BY_DEFAULT.has(kind));
    this.#names = known.length === 0 || isDefault ? undefined : known;
  }
}
