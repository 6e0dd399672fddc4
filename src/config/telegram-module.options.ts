import {
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsUrl,
  Matches,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { NoticeTemplates } from '../notices/notice-templates.js';
import type { RedisOption } from '../redis/redis-connection.js';
import {
  IsAdminChatId,
  IsKeyPrefix,
  IsRedisOption,
  IsWebhookSecret,
  IsWholeNumber,
} from './option-checks.js';

/** A day: what runs longer is a mistake of units, and timers end at 24 days. */
const LONGEST_MS = 86_400_000;

/** Ten years. */
const LONGEST_TTL_SECONDS = 315_360_000;

/** More than any chat takes. */
const MOST_MESSAGES = 1_000_000;

const AGENTS = 'wants a list of Telegram user ids; leave it out to let everyone answer';

/** How replies reach the app. */
export class ReplyOptions {
  /**
   * How often a reply is offered to the app's handlers before its agent is told that it did not arrive.
   * The waits between are 1 s, 5 s, 30 s and then 2 min each.
   *
   * @default 5
   */
  @IsOptional()
  @IsWholeNumber('attempts', 100)
  attempts?: number | undefined;

  /**
   * Whether the bot puts a 👍 on the replies that the app has taken.
   *
   * @default true
   */
  @IsOptional()
  @IsBoolean({ message: 'wants true or false' })
  receipts?: boolean | undefined;

  /**
   * Whether an agent whose reply has failed is told the message of the error that the app's handler threw;
   * with false, only that it did not arrive. The log and the dead letter have it in either case.
   *
   * @default true
   */
  @IsOptional()
  @IsBoolean()
  exposeErrors?: boolean | undefined;

  /**
   * How long a handler may take. After that it counts as failed, and the reply is offered again,
   * whatever the handler still does.
   *
   * @default 60_000
   */
  @IsOptional()
  @IsWholeNumber('milliseconds', LONGEST_MS)
  timeoutMs?: number | undefined;
}

/** How updates are asked for with `updates: 'polling'`. */
export class PollingOptions {
  /**
   * Whether to remove a webhook that is registered for the bot. With false, no updates come in while
   * there is one, and the log says so.
   *
   * @default false
   */
  @IsOptional()
  @IsBoolean({ message: 'wants true or false' })
  removeWebhook?: boolean | undefined;
}

/**
 * The rate limit of the admin chat: so many messages within any time of that length.
 *
 * @publicApi
 */
export class RateLimitOptions {
  /** Messages in a window. */
  @IsWholeNumber('messages', MOST_MESSAGES)
  messages!: number;

  /** Length of the window, which slides. */
  @IsWholeNumber('milliseconds', LONGEST_MS)
  windowMs!: number;
}

/**
 * The options of `TelegramModule.forRoot()`.
 *
 * @publicApi
 */
export class TelegramModuleOptions {
  /** The bot's token from @BotFather. Without it the module is disabled; see `required`. */
  @IsOptional()
  @Matches(/^[1-9]\d{0,19}:[\w-]{1,59}$/, {
    message: 'wants a token from @BotFather: digits, a colon, letters',
  })
  botToken?: string | undefined;

  /** The chat where the desk works: its id, or the `@username` of a public group. Without it the module is disabled. */
  @IsOptional()
  @IsAdminChatId()
  adminChatId?: number | string | undefined;

  /**
   * Whether a token and an admin chat have to be there: with true, the app does not boot without them;
   * with false, the module is disabled then, and the log says which of them is missing.
   *
   * @default false
   */
  @IsOptional()
  @IsBoolean({ message: 'wants true or false' })
  required?: boolean | undefined;

  /**
   * What Telegram must repeat with each update: 1 to 256 of A-Z a-z 0-9 _ - (Client.cpp:16016). Of a
   * list, the first is registered and all are accepted, so that one can take the place of another
   * while updates come in: `[former, next]` on every instance, then `[next, former]`, then `next`.
   *
   * @default derived from the token, so that it is the same on every instance
   */
  @IsOptional()
  @IsWebhookSecret()
  webhookSecret?: string | string[] | undefined;

  /**
   * The public URL of this app, as in `https://example.org`, or `https://example.org/shop` when a proxy
   * takes `/shop` off. When set, the webhook is registered in the background after boot.
   *
   * What it lacks of the webhook's path is added: the app's global prefix, unless the URL ends in that,
   * and `webhookPath`. A URL that ends in the path of the webhook is taken as it is. The boot says
   * when Telegram is led to another path than the one that the app serves.
   */
  @IsOptional()
  @IsUrl(
    { protocols: ['https', 'http'], require_protocol: true, require_tld: false },
    { message: 'wants an https URL such as https://app.example.com' },
  )
  webhookUrl?: string | undefined;

  /**
   * How updates come in. `polling` asks Telegram for them, which needs no public URL and is meant for
   * development. `off` serves no webhook, registers none and asks for nothing.
   *
   * @default 'webhook'
   */
  @IsOptional()
  @IsIn(['webhook', 'polling', 'off'], { message: 'wants "webhook", "polling" or "off"' })
  updates?: 'webhook' | 'polling' | 'off' | undefined;

  @IsOptional()
  @ValidateNested()
  polling?: PollingOptions | undefined;

  /**
   * How threads look in Telegram: agents reply to the notices.
   *
   * @default 'replies'
   */
  @IsOptional()
  @IsIn(['replies'], { message: 'wants "replies"' })
  mode?: 'replies' | undefined;

  /**
   * Where mappings and all that waits live: a URL that begins with redis:// or rediss://, ioredis
   * options that say where Redis is (`host`, `port`, `path` or `sentinels`), or an ioredis client (`Redis`
   * or `Cluster`), which the module duplicates and never closes. Options and clients of other libraries are refused.
   *
   * @default in memory, for one process
   */
  @IsOptional()
  @IsRedisOption()
  redis?: RedisOption | undefined;

  /**
   * What all keys in Redis begin with, BullMQ's included, so that several apps can share one Redis, each
   * with a user who may use its own keys only. The `keyPrefix` of an ioredis client or of its options
   * stands in front of that. Another one leads to other keys: what waits under the former ones stays there.
   *
   * @default 'tg_thread:' for mappings and 'tg:' for all else
   */
  @IsOptional()
  @IsKeyPrefix()
  keyPrefix?: string | undefined;

  /**
   * How long a mapping lives after its last use.
   *
   * @default 604_800 (7 days)
   */
  @IsOptional()
  @IsWholeNumber('seconds', LONGEST_TTL_SECONDS)
  mappingTtlSeconds?: number | undefined;

  /**
   * Whether to read `<keyPrefix><messageId>` too, the keys of a system that did not know chats.
   *
   * @default false
   */
  @IsOptional()
  @IsBoolean({ message: 'wants true or false' })
  legacyMappings?: boolean | undefined;

  /**
   * Where the Bot API is.
   *
   * @default 'https://api.telegram.org'
   */
  @IsOptional()
  @IsUrl(
    { protocols: ['https', 'http'], require_protocol: true, require_tld: false },
    { message: 'wants an http or https URL' },
  )
  apiRoot?: string | undefined;

  /**
   * How long a call may take. Telegram holds calls back for up to 8 s when a chat floods, so a short
   * time gives up on messages that do arrive.
   *
   * @default 30_000
   */
  @IsOptional()
  @IsWholeNumber('milliseconds', LONGEST_MS)
  requestTimeoutMs?: number | undefined;

  /**
   * The Telegram user ids that may answer. Anonymous administrators are let in by the id of the group,
   * people who write as a channel by the id of the channel.
   *
   * @default everyone in the admin chat
   */
  @IsOptional()
  @IsArray({ message: AGENTS })
  @ArrayNotEmpty({ message: AGENTS })
  @IsInt({ each: true, message: AGENTS })
  agents?: number[] | undefined;

  /**
   * How replies reach the app. With false, this process only sends: it hands no reply to handlers, and
   * leaves them to the other processes that share its Redis.
   *
   * @default handed to every method with `@OnThreadReply()`
   */
  @ValidateIf(({ replies }: TelegramModuleOptions) => (replies ?? false) !== false)
  @ValidateNested()
  replies?: ReplyOptions | false | undefined;

  /**
   * How many messages the desk posts in the admin chat within a sliding window. Telegram documents 20 a
   * minute for groups (Bots FAQ, "Broadcasting to Users") and answers 429 above that.
   *
   * @example
   * rateLimit: { messages: 20, windowMs: 60_000 }
   *
   * @default 20 in 60_000 ms in groups, 60 in 60_000 ms in private chats
   */
  @IsOptional()
  @ValidateNested()
  rateLimit?: RateLimitOptions | undefined;

  /** How notices look, where they are not to look as they do by default. */
  @IsOptional()
  @IsObject({ message: 'wants an object with templates' })
  templates?: Partial<NoticeTemplates> | undefined;
}
