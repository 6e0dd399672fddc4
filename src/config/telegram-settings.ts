import { TelegramConfigError, type OptionProblem } from '../errors/index.js';
import type { NoticeTemplates } from '../notices/notice-templates.js';
import type { RedisOption } from '../redis/redis-connection.js';
import { BotToken } from '../secrets/bot-token.js';
import { WebhookSecrets } from '../secrets/webhook-secrets.js';
import { DEFAULT_DESK } from '../threads/thread-record.js';
import { DEFAULT_BOT, DEFAULT_OPTIONS, PUBLIC_API_ROOT } from './default-options.js';
import { chatProblemsOf, chatsOf } from './desk-chats.js';
import { apiRootOf, problemOfName, problemsOf } from './option-problems.js';
import type { ThreadStatus } from '../threads/thread-record.interface.js';
import type { TopicOptions } from './topic.options.js';
import { VARIABLES } from './environment-variables.js';
import type { FileOptions } from './file.options.js';
import type { PollingOptions } from './polling.options.js';
import type { RateLimitOptions } from './rate-limit.options.js';
import { toReactionEmoji, type ReactionEmoji } from './reaction-emoji.js';
import type { ReactionOptions } from './reaction.options.js';
import type { ReplyOptions } from './reply.options.js';
import type { TelegramModuleOptions } from './telegram-module.options.js';

/** What is known of a module beside its options. */
interface SettingsContext {
  /** The name of the bot. */
  readonly name?: string | undefined;
  /** Whether a test has replaced the service: then nothing runs, whatever the options say. */
  readonly isServiceOverridden?: boolean;
  /** The name of the desk that the options are for. */
  readonly desk?: string;
}

/** The bot and its admin chat. */
export interface TelegramIdentity {
  readonly token: BotToken;
  readonly adminChatId: number | string;
  readonly webhookSecrets: WebhookSecrets;
}

/** How threads look as topics. */
export interface TopicSettings {
  readonly replyOnly: boolean;
  readonly icons: Readonly<Record<ThreadStatus, string>>;
  /** Undefined where the default name is wanted. */
  readonly name: TopicOptions['name'];
}

/** How files are sent and received. */
export interface FileSettings {
  /** The most bytes of an attachment that is given as `data`. */
  readonly maxBytes: number;
  readonly allowPrivateUrls: boolean;
  readonly ttlSeconds: number;
  /** The working directory of a local Bot API server. */
  readonly root: string | undefined;
  /** Without a slash at the end. */
  readonly baseUrl: string | undefined;
}

/** The reactions of a desk; null for one that it does without. */
export type ReactionSettings = Readonly<Record<keyof ReactionOptions, ReactionEmoji | null>>;

/** The validated options, with every default filled in and no secret that could be printed. */
export class TelegramSettings {
  /** The name of the bot, `default` without one. */
  readonly bot: string;
  /** The name of the desk. */
  readonly desk: string;
  /** The names of all desks of the bot, the default one first. */
  readonly desks: readonly string[];
  /** Null when the module is disabled: no token, or no admin chat. */
  readonly identity: TelegramIdentity | null;
  readonly webhookUrl: string | undefined;
  readonly updates: 'webhook' | 'polling' | 'off';
  readonly polling: Required<PollingOptions>;
  /** Undefined when it is left out: mappings and everything else then have different prefixes. */
  readonly keyPrefix: string | undefined;
  readonly mappingTtlSeconds: number;
  readonly legacyMappings: boolean;
  readonly threadTtlSeconds: number;
  readonly mode: 'replies' | 'topics';
  readonly topics: TopicSettings;
  readonly apiRoot: string;
  readonly requestTimeoutMs: number;
  readonly agents: ReadonlySet<number> | null;
  /** `isOn` is false in a process that only sends. */
  readonly replies: Required<ReplyOptions> & { readonly isOn: boolean };
  readonly rateLimit: RateLimitOptions;
  readonly files: FileSettings;
  readonly reactions: ReactionSettings;
  /** What becomes of the notice of a message that the customer has deleted. */
  readonly deletes: 'strike' | 'remove';
  readonly templates: Partial<NoticeTemplates>;
  /** Private, so that they are not printed: they hold a token and perhaps a password. */
  readonly #options: TelegramModuleOptions;
  readonly #context: SettingsContext;

  /** Why the module is disabled; undefined when it is not. */
  readonly disabledBy: string | undefined;
  readonly isServiceOverridden: boolean;

  /** @throws {@link TelegramConfigError} That names every option that cannot be used. */
  constructor(options: TelegramModuleOptions, context: SettingsContext = {}) {
    const { name, isServiceOverridden = false, desk = DEFAULT_DESK } = context;
    const problems = [problemOfName(name) ?? [], problemsOf(options)].flat();
    const missing = problems.length > 0 ? [] : missingIn(options);
    if (options?.required && !isServiceOverridden) problems.push(...missing);
    if (problems.length === 0 && missing.length === 0) problems.push(...chatProblemsOf(options));
    if (problems.length > 0) throw new TelegramConfigError(problems);
    this.bot = name ?? DEFAULT_BOT;
    this.desk = desk;
    this.desks = [DEFAULT_DESK, ...Object.keys(options.desks ?? {})];
    this.identity = isServiceOverridden ? null : identityOf(options);
    this.isServiceOverridden = isServiceOverridden;
    this.disabledBy = isServiceOverridden ? 'TelegramService is overridden' : reasonOf(missing);
    this.webhookUrl = options.webhookUrl || undefined;
    this.updates = options.updates ?? DEFAULT_OPTIONS.updates;
    this.polling = {
      removeWebhook: options.polling?.removeWebhook ?? DEFAULT_OPTIONS.polling.removeWebhook,
    };
    this.keyPrefix = options.keyPrefix || undefined;
    this.mappingTtlSeconds = options.mappingTtlSeconds ?? DEFAULT_OPTIONS.mappingTtlSeconds;
    this.legacyMappings = options.legacyMappings ?? DEFAULT_OPTIONS.legacyMappings;
    this.threadTtlSeconds = options.threadTtlSeconds ?? DEFAULT_OPTIONS.threadTtlSeconds;
    this.mode = options.mode ?? DEFAULT_OPTIONS.mode;
    this.topics = topicsOf(options.topics ?? {});
    this.apiRoot = apiRootOf(options);
    this.requestTimeoutMs = options.requestTimeoutMs ?? DEFAULT_OPTIONS.requestTimeoutMs;
    this.agents = options.agents ? new Set(options.agents) : null;
    this.replies = { isOn: options.replies !== false, ...repliesOf(options.replies || {}) };
    this.rateLimit = options.rateLimit ?? defaultRateLimit(this.identity?.adminChatId);
    this.files = filesOf(options.files ?? {});
    this.reactions = reactionsOf(options.reactions ?? {});
    this.deletes = options.deletes ?? DEFAULT_OPTIONS.deletes;
    this.templates = options.templates ?? {};
    this.#options = options;
    this.#context = context;
  }

  /** The settings of a desk of this bot, with those of the bot where the desk has none of its own. */
  forDesk(name: string): TelegramSettings {
    const { desks, ...bot } = this.#options;
    const desk = desks?.[name];
    if (!desk) return this;
    const own = Object.fromEntries(Object.entries(desk).filter(isGiven));
    return new TelegramSettings(
      {
        ...bot,
        ...own,
        topics: Object.assign({}, bot.topics, desk.topics),
        reactions: Object.assign({}, bot.reactions, desk.reactions),
        templates: Object.assign({}, bot.templates, desk.templates),
      },
      { ...this.#context, desk: name },
    );
  }

  /** Whether anything is to run. */
  get isEnabled(): boolean {
    return this.identity !== null;
  }

  /** Whether the Bot API is Telegram's own server. */
  get isPublicApi(): boolean {
    return this.apiRoot === PUBLIC_API_ROOT;
  }

  /** Whether both are for the same bot, and both receive its updates or have a desk in the same chat. */
  clashesWith(other: TelegramSettings): boolean {
    const [own, their] = [this.identity, other.identity];
    if (!own || !their || own.token.botId !== their.token.botId) return false;
    const takeUpdates = this.updates !== 'off' && other.updates !== 'off';
    return takeUpdates || this.#chats.some((chat) => other.#chats.includes(chat));
  }

  get redis(): RedisOption | undefined {
    return this.#options.redis || undefined;
  }

  /** The admin chats of all desks. */
  get #chats(): string[] {
    return chatsOf(this.#options).map(({ chat }) => chat);
  }
}

/** Which of the options are missing that a desk needs. */
function missingIn({ botToken, adminChatId }: TelegramModuleOptions): OptionProblem[] {
  const given = { botToken, adminChatId };
  return (['botToken', 'adminChatId'] as const)
    .filter((option) => !given[option])
    .map((option) => ({
      option,
      variable: VARIABLES[option],
      got: 'nothing',
      wants: 'with required: true, a value is needed',
    }));
}

function reasonOf(missing: readonly OptionProblem[]): string | undefined {
  if (missing.length === 0) return undefined;
  const names = missing.map(({ option, variable }) => `${option} (${variable})`).join(' and ');
  return `${names} ${missing.length > 1 ? 'are' : 'is'} missing`;
}

function identityOf({ botToken, adminChatId, webhookSecret }: TelegramModuleOptions) {
  if (!botToken || !adminChatId) return null;
  const token = new BotToken(botToken);
  const configured = [webhookSecret ?? []].flat().filter((secret) => secret !== '');
  return {
    token,
    adminChatId: Number.isNaN(Number(adminChatId)) ? adminChatId : Number(adminChatId),
    webhookSecrets: WebhookSecrets.of(configured, token),
  };
}

/** Whether an option of a desk is given: otherwise it is that of the bot. */
function isGiven([, value]: [name: string, value: unknown]): boolean {
  return value !== undefined && value !== null && value !== '';
}

function repliesOf(given: ReplyOptions): Required<ReplyOptions> {
  const defaults = DEFAULT_OPTIONS.replies;
  return {
    attempts: given.attempts ?? defaults.attempts,
    receipts: given.receipts ?? defaults.receipts,
    exposeErrors: given.exposeErrors ?? defaults.exposeErrors,
    timeoutMs: given.timeoutMs ?? defaults.timeoutMs,
  };
}

function topicsOf({ replyOnly, icons, name }: TopicOptions): TopicSettings {
  const defaults = DEFAULT_OPTIONS.topics;
  return {
    replyOnly: replyOnly ?? defaults.replyOnly,
    icons: { ...defaults.icons, ...icons },
    name: name ?? undefined,
  };
}

function filesOf(given: FileOptions): FileSettings {
  const defaults = DEFAULT_OPTIONS.files;
  return {
    maxBytes: given.maxBytes ?? defaults.maxBytes,
    allowPrivateUrls: given.allowPrivateUrls ?? defaults.allowPrivateUrls,
    ttlSeconds: given.ttlSeconds ?? defaults.ttlSeconds,
    root: given.root || undefined,
    baseUrl: given.baseUrl?.replace(/\/+$/, '') || undefined,
  };
}

function reactionsOf(given: ReactionOptions): ReactionSettings {
  const emojiOf = (name: keyof ReactionOptions): ReactionEmoji | null => {
    const wanted = given[name] ?? DEFAULT_OPTIONS.reactions[name];
    return wanted === false ? null : (toReactionEmoji(wanted) ?? null);
  };
  return {
    taken: emojiOf('taken'),
    read: emojiOf('read'),
    deleted: emojiOf('deleted'),
    close: emojiOf('close'),
  };
}

function defaultRateLimit(adminChatId: number | string | undefined): RateLimitOptions {
  return Number(adminChatId) > 0
    ? DEFAULT_OPTIONS.privateRateLimit
    : DEFAULT_OPTIONS.groupRateLimit;
}
