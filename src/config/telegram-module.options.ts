import {
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsUrl,
  Matches,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { AgentDecision } from '../agents/known/agent-decision.interface.js';
import type { NoticeTemplates } from '../notices/notice-templates.js';
import type { AgentTexts } from '../texts/agent-texts.interface.js';
import { LANGUAGES, type TextLocale } from '../texts/languages.js';
import { AreAgents } from './are-agents.decorator.js';
import { CardOptions } from './card.options.js';
import { AreAgentTexts } from './are-agent-texts.decorator.js';
import type { RedisOption } from '../redis/redis-connection.js';
import {
  IsAdminChatId,
  IsKeyPrefix,
  IsRedisOption,
  IsWebhookSecret,
  IsWholeNumber,
} from './option-checks.js';
import { ClaimOptions } from './claim.options.js';
import { DeskOptions } from './desk.options.js';
import { MAX_MS, MAX_TTL_SECONDS } from './option.constants.js';
import { FileOptions } from './file.options.js';
import { PollingOptions } from './polling.options.js';
import { PrivacyOptions } from './privacy.options.js';
import { BusinessHours } from './business-hours.options.js';
import { RateLimitOptions } from './rate-limit.options.js';
import { ReactionOptions } from './reaction.options.js';
import { ReplyOptions } from './reply.options.js';
import { ReminderOptions } from './reminder.options.js';
import { TopicOptions } from './topic.options.js';

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

  /** The chat where the agents work: its id, or the `@username` of a public group. Without it the module is disabled. */
  @IsOptional()
  @IsAdminChatId()
  adminChatId?: number | string | undefined;

  /**
   * Further desks of the bot, by name: 1 to 64 letters, digits, `_` and `-`. The desk of `adminChatId` is named
   * `default`. Each desk works in a chat of its own; all of them share the webhook or the poller.
   *
   * @example
   * desks: { billing: { adminChatId: -1001234567891, mode: 'topics' } }
   *
   * @default none
   */
  @IsOptional()
  @IsObject({ message: 'wants an object with the options of each desk by its name' })
  desks?: Readonly<Record<string, DeskOptions>> | undefined;

  /**
   * Whether `botToken` and `adminChatId` are required. With true, the app does not boot without them; with
   * false, the module is disabled then, and the log says which of them is missing.
   *
   * @default false
   */
  @IsOptional()
  @IsBoolean({ message: 'wants true or false' })
  required?: boolean | undefined;

  /**
   * The secret that Telegram sends with each update: 1 to 256 characters of A-Z a-z 0-9 _ - (telegram-bot-api,
   * Client.cpp:16016). Of a list, the first is registered and all are accepted. To rotate the secret without
   * losing updates, deploy `[former, next]` to every instance, then `[next, former]`, then `next`.
   *
   * @default derived from the token, so it is the same on every instance
   */
  @IsOptional()
  @IsWebhookSecret()
  webhookSecret?: string | string[] | undefined;

  /**
   * The public URL of this app, for example `https://example.org`, or `https://example.org/shop` when a proxy
   * strips `/shop`. When set, the webhook is registered in the background after boot.
   *
   * Missing parts of the webhook's path are appended: the app's global prefix, unless the URL ends in it, and
   * `webhookPath`. A URL that ends in the whole path is used as it is. At boot, the log says when the URL has
   * another path than the one that the app serves.
   */
  @IsOptional()
  @IsUrl(
    { protocols: ['https', 'http'], require_protocol: true, require_tld: false },
    { message: 'wants an https URL such as https://app.example.com' },
  )
  webhookUrl?: string | undefined;

  /**
   * How updates arrive. `webhook`: Telegram posts them to this app. `polling`: this app fetches them, which
   * needs no public URL and is meant for development. `off`: they do not, in a process that only sends.
   *
   * @default 'webhook'
   */
  @IsOptional()
  @IsIn(['webhook', 'polling', 'off'], { message: 'wants "webhook", "polling" or "off"' })
  updates?: 'webhook' | 'polling' | 'off' | undefined;

  /** How updates are fetched with `updates: 'polling'`. */
  @IsOptional()
  @ValidateNested()
  polling?: PollingOptions | undefined;

  /**
   * How threads look in Telegram. `replies`: agents reply to the notices. `topics`: each thread has a forum topic
   * of its own, and what agents write there goes to the customer. It needs a group with topics, where the bot
   * may manage them, or a private chat with a bot that has topics enabled in @BotFather.
   *
   * After a change, a thread stays as it is until the app opens it again.
   *
   * @default 'replies'
   */
  @IsOptional()
  @IsIn(['replies', 'topics'], { message: 'wants "replies" or "topics"' })
  mode?: 'replies' | 'topics' | undefined;

  /** How threads look with `mode: 'topics'`. */
  @IsOptional()
  @ValidateNested()
  topics?: TopicOptions | undefined;

  /**
   * The Redis that stores mappings and queues: a URL that begins with redis:// or rediss://, ioredis options
   * with an address (`host`, `port`, `path` or `sentinels`), or an ioredis client (`Redis` or `Cluster`), which
   * the module duplicates and never closes. Options and clients of other libraries are rejected.
   *
   * @default the memory of this process
   */
  @IsOptional()
  @IsRedisOption()
  redis?: RedisOption | undefined;

  /**
   * The prefix of all keys in Redis, BullMQ's included, so that several apps can share one Redis, each with a
   * user that is limited to its own keys. The `keyPrefix` of the ioredis client or options precedes it. After
   * a change, jobs that wait under the former prefix stay there.
   *
   * @default 'tg_thread:' for mappings and 'tg:' for all else
   */
  @IsOptional()
  @IsKeyPrefix()
  keyPrefix?: string | undefined;

  /**
   * How long a mapping is kept after its last use.
   *
   * @default 604_800 (7 days)
   */
  @IsOptional()
  @IsWholeNumber('seconds', MAX_TTL_SECONDS)
  mappingTtlSeconds?: number | undefined;

  /**
   * How long the state of a thread is kept after its last activity: its status, and which topic it has.
   *
   * @default 7_776_000 (90 days)
   */
  @IsOptional()
  @IsWholeNumber('seconds', MAX_TTL_SECONDS)
  threadTtlSeconds?: number | undefined;

  /**
   * Whether to read the keys `<keyPrefix><messageId>`, too: those of a predecessor that knew one chat only.
   *
   * @default false
   */
  @IsOptional()
  @IsBoolean({ message: 'wants true or false' })
  legacyMappings?: boolean | undefined;

  /**
   * The root URL of the Bot API server.
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
   * How long a call to the Bot API may take, in milliseconds. Telegram delays calls by up to 8 s when a chat
   * floods, so a short timeout gives up on messages that do arrive.
   *
   * @default 30_000
   */
  @IsOptional()
  @IsWholeNumber('milliseconds', MAX_MS)
  requestTimeoutMs?: number | undefined;

  /**
   * The Telegram user ids that may answer. For anonymous administrators, add the id of the group; for people
   * who write as a channel, the id of the channel. Or a function that decides, by who they are in the app; see
   * {@link AgentDecision}.
   *
   * @example
   * agents: ({ userId }) => userId !== undefined && users.hasRole(userId, 'support')
   *
   * @default everyone in the admin chat
   */
  @IsOptional()
  @AreAgents()
  agents?: number[] | AgentDecision | undefined;

  /**
   * How replies reach the app. With false, this process only sends and leaves replies to the other
   * processes that share its Redis.
   *
   * @default every method with `@OnThreadReply()` is called
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

  /** How files are sent and received. */
  @IsOptional()
  @ValidateNested()
  files?: FileOptions | undefined;

  /**
   * Whose a thread is: the agent's who has answered it first or has claimed it. With false threads belong to nobody.
   *
   * @default { policy: 'warn', holdMs: 5_000 }
   */
  @ValidateIf(({ claims }: TelegramModuleOptions) => (claims ?? false) !== false)
  @ValidateNested()
  claims?: ClaimOptions | false | undefined;

  /** The reactions by which the bot shows how a reply stands, and by which agents act. */
  @IsOptional()
  @ValidateNested()
  reactions?: ReactionOptions | undefined;

  /** What the card of a thread has, its first notice. */
  @IsOptional()
  @ValidateNested()
  card?: CardOptions | undefined;

  /**
   * What becomes of the notice of a message that the customer deletes: it is struck through, or removed.
   *
   * @default 'strike'
   */
  @IsOptional()
  @IsIn(['strike', 'remove'], { message: 'wants "strike" or "remove"' })
  deletes?: 'strike' | 'remove' | undefined;

  /** Replaces the text of notices, each kind by a template of its own. Others keep their default text. */
  @IsOptional()
  @IsObject({ message: 'wants an object with templates' })
  templates?: Partial<NoticeTemplates> | undefined;

  /** What agents see of customers: masks, who may look behind them, and protected messages. */
  @IsOptional()
  @ValidateNested()
  privacy?: PrivacyOptions | undefined;

  /**
   * The language of all texts to agents.
   *
   * @default 'en'
   */
  @IsOptional()
  @IsIn(Object.keys(LANGUAGES), { message: `wants one of ${Object.keys(LANGUAGES).join(', ')}` })
  locale?: TextLocale | undefined;

  /**
   * Replaces texts to agents, each by its name. A text may have the placeholders of the one that it replaces, and no other.
   */
  @IsOptional()
  @AreAgentTexts()
  texts?: Partial<AgentTexts> | undefined;

  /**
   * When the desk is open. Without it, it always is. See {@link BusinessHours}.
   *
   * @default none
   */
  @IsOptional()
  @ValidateNested()
  hours?: BusinessHours | undefined;

  /**
   * What happens with conversations that wait too long. See {@link ReminderOptions}.
   *
   * @default none
   */
  @IsOptional()
  @ValidateNested()
  reminders?: ReminderOptions | undefined;
}
