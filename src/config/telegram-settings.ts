import type { AgentDecision } from '../agents/known/agent-decision.interface.js';
import { TelegramConfigError, type OptionProblem } from '../errors/index.js';
import { LANGUAGES } from '../texts/languages.js';
import { Texts } from '../texts/texts.js';
import type { NoticeTemplates } from '../notices/notice-templates.js';
import type { RedisOption } from '../redis/redis-connection.js';
import { BotToken } from '../secrets/bot-token.js';
import { WebhookSecrets } from '../secrets/webhook-secrets.js';
import { DEFAULT_DESK } from '../threads/thread-record.js';
import {
  agentsOf,
  repliesOf,
  topicsOf,
  filesOf,
  privacyOf,
  reactionsOf,
  cardOf,
  claimsOf,
  claimsFor,
  defaultRateLimit,
  type TopicSettings,
  type FileSettings,
  type PrivacySettings,
  type ClaimSettings,
  type ReactionSettings,
} from './group-settings.js';
import { hoursOf, type HoursSettings } from './hours-settings.js';
import { remindersOf, type ReminderSettings } from './reminder-settings.js';
import { DEFAULT_BOT, DEFAULT_OPTIONS, PUBLIC_API_ROOT } from './default-options.js';
import { chatProblemsOf, chatsOf } from './desk-chats.js';
import { apiRootOf, problemOfName, problemsOf } from './option-problems.js';
import type { CardOptions } from './card.options.js';
import { VARIABLES } from './environment-variables.js';
import type { PollingOptions } from './polling.options.js';
import type { RateLimitOptions } from './rate-limit.options.js';
import { Masker } from '../privacy/masker.js';
import type { ReplyOptions } from './reply.options.js';
import type { TelegramModuleOptions } from './telegram-module.options.js';

/** What is known of a module beside its options. */
interface SettingsContext {
  /** The name of the bot. */
  readonly name?: string | undefined;
  /** Whether a test has replaced the service: then nothing runs, whatever the options say. */
  readonly isServiceOverridden?: boolean;
  /** Whether nothing is started or stored. */
  readonly isIdle?: boolean;
  /** The name of the desk that the options are for. */
  readonly desk?: string;
}

/** The bot and its admin chat. */
export interface TelegramIdentity {
  readonly token: BotToken;
  readonly adminChatId: number | string;
  readonly webhookSecrets: WebhookSecrets;
}

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
  /** Who may answer; null for everybody in the chat. */
  readonly agents: ReadonlySet<number> | AgentDecision | null;
  /** `isOn` is false in a process that only sends. */
  readonly replies: Required<ReplyOptions> & { readonly isOn: boolean };
  readonly rateLimit: RateLimitOptions;
  readonly files: FileSettings;
  /** Null when threads belong to nobody. */
  readonly claims: ClaimSettings | null;
  readonly reactions: ReactionSettings;
  readonly card: Required<CardOptions>;
  /** What becomes of the notice of a message that the customer has deleted. */
  readonly deletes: 'strike' | 'remove';
  readonly privacy: PrivacySettings;
  /** Hides what agents are not to see of what customers write. */
  readonly masker: Masker;
  readonly templates: Partial<NoticeTemplates>;
  /** What agents read, in the language of the desk. */
  readonly texts: Texts;
  /** The language of the texts. */
  readonly locale: string;
  /** When the desk is open; null when it always is. */
  readonly hours: HoursSettings | null;
  readonly reminders: ReminderSettings;
  /** Private, so that they are not printed: they hold a token and perhaps a password. */
  readonly #options: TelegramModuleOptions;
  readonly #context: SettingsContext;

  /** Why the module is disabled; undefined when it is not. */
  readonly disabledBy: string | undefined;
  readonly isServiceOverridden: boolean;
  /** Whether nothing is started or stored: the module only answers what it is asked. */
  readonly isIdle: boolean;

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
    this.isIdle = context.isIdle ?? false;
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
    this.agents = agentsOf(options.agents ?? null);
    this.replies = { isOn: options.replies !== false, ...repliesOf(options.replies || {}) };
    this.rateLimit = options.rateLimit ?? defaultRateLimit(this.identity?.adminChatId);
    this.files = filesOf(options.files ?? {});
    this.claims = claimsOf(options.claims);
    this.reactions = reactionsOf(options.reactions ?? {});
    this.card = cardOf(options.card ?? {});
    this.deletes = options.deletes ?? DEFAULT_OPTIONS.deletes;
    this.privacy = privacyOf(options.privacy ?? {}, this.agents);
    this.masker = new Masker(options.privacy?.mask ?? []);
    this.templates = options.templates ?? {};
    this.texts = new Texts({
      ...LANGUAGES[options.locale ?? DEFAULT_OPTIONS.locale],
      ...options.texts,
    });
    this.locale = options.locale ?? DEFAULT_OPTIONS.locale;
    this.hours = hoursOf(options.hours, this.locale);
    this.reminders = remindersOf(options.reminders ?? {});
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
        claims: claimsFor(bot.claims, desk.claims),
        reactions: Object.assign({}, bot.reactions, desk.reactions),
        privacy: Object.assign({}, bot.privacy, desk.privacy),
        card: Object.assign({}, bot.card, desk.card),
        templates: Object.assign({}, bot.templates, desk.templates),
        texts: Object.assign({}, bot.texts, desk.texts),
      },
      { ...this.#context, desk: name },
    );
  }

  /** The texts for agents whose app is set to a language; those of the desk where there are none in it. */
  textsIn(language: string | undefined): Texts {
    const [, table] = Object.entries(LANGUAGES).find(([locale]) => locale === language) ?? [];
    return table && language !== this.#options.locale ? new Texts(table) : this.texts;
  }

  /** Whether anything happens because time passes. */
  get hasTimers(): boolean {
    const { firstReplyMs, nextReplyMs, silenceMs } = this.reminders;
    const hasReminders = [firstReplyMs, nextReplyMs, silenceMs].some((each) => each !== null);
    return hasReminders || this.hours?.digest === true;
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
