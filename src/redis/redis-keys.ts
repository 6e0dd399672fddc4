/** What {@link RedisKeys} are made of. */
export interface RedisKeyScope {
  readonly botId: number;
  readonly adminChatId: number | string;
  /** The option `keyPrefix`; undefined when it is not given. */
  readonly keyPrefix: string | undefined;
}

/**
 * What the keys of one desk begin with. Each is the whole beginning, but for what a client puts in front
 * of all keys by itself.
 */
export class RedisKeys {
  /** Of the mappings, which have no hash tag: each stands for itself. */
  readonly mappings: string;
  /** Of all else that belongs to the desk. The braces keep them on one node of a cluster. */
  readonly desk: string;
  /** Of what a bot has only one of, in whatever chats its desks are. */
  readonly bot: string;
  /** The patterns of an ACL that cover them all. */
  readonly patterns: readonly string[];

  constructor({ botId, adminChatId, keyPrefix }: RedisKeyScope) {
    this.mappings = keyPrefix ?? 'tg_thread:';
    this.desk = `${keyPrefix ?? ''}tg:{${botId}:${adminChatId}}`;
    this.bot = `${keyPrefix ?? ''}tg:{${botId}}`;
    this.patterns = keyPrefix ? [`${globOf(keyPrefix)}*`] : ['tg:*', 'tg_thread:*'];
  }
}

/** The pattern of an ACL that stands for this very text. */
export function globOf(text: string): string {
  return text.replaceAll(/[*?[\]\\]/g, '\\$&');
}
