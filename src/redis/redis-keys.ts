/** What {@link RedisKeys} are built from. */
export interface RedisKeyScope {
  readonly botId: number;
  readonly adminChatId: number | string;
  /** The option `keyPrefix`; undefined when it is not given. */
  readonly keyPrefix: string | undefined;
}

/**
 * The prefixes of all keys of one desk, without the one that a client adds by itself.
 */
export class RedisKeys {
  /** The prefix of mappings. They have no hash tag, because no command uses two of them. */
  readonly mappings: string;
  /** The prefix of all other keys of the desk. The hash tag keeps them on one node of a cluster. */
  readonly desk: string;
  /** The prefix of keys that all desks of a bot share. */
  readonly bot: string;
  /** The prefix of the chat's keys, each of which has a hash tag of its own: a cluster spreads threads over its nodes. */
  readonly chat: string;
  /** ACL patterns that cover all of them. */
  readonly patterns: readonly string[];

  constructor({ botId, adminChatId, keyPrefix }: RedisKeyScope) {
    this.mappings = keyPrefix ?? 'tg_thread:';
    this.desk = `${keyPrefix ?? ''}tg:{${botId}:${adminChatId}}`;
    this.bot = `${keyPrefix ?? ''}tg:{${botId}}`;
    this.chat = `${keyPrefix ?? ''}tg:chat:${botId}`;
    this.patterns = keyPrefix ? [`${globOf(keyPrefix)}*`] : ['tg:*', 'tg_thread:*'];
  }
}

/** The ACL pattern that matches exactly this text. */
export function globOf(text: string): string {
  return text.replaceAll(/[*?[\]\\]/g, '\\$&');
}
