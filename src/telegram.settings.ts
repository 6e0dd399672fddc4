import { validateSync, type ValidationError } from 'class-validator';
import { TelegramConfigError, type OptionProblem } from './errors/index.js';
import type { BudgetOptions } from './outbox/chat.budget.js';
import type { NoticeTemplates } from './outbox/notice-templates.js';
import type { RedisOption } from './redis/redis.connection.js';
import { BotToken } from './secrets/bot-token.js';
import { Secret } from './secrets/secret.js';
import { WebhookSecrets } from './secrets/webhook-secrets.js';
import { flawOfWebhookAddress } from './webhook/webhook.address.js';
import {
  BudgetSettings,
  PollingOptions,
  ReplyOptions,
  TelegramModuleOptions,
} from './telegram.options.js';

/** Options whose value no error may show; a Redis URL and its options may hold a password. */
const SECRET_OPTIONS = new Set(['botToken', 'webhookSecret', 'redis', 'webhookUrl', 'apiRoot']);

/** Telegram's own server, which calls webhooks under certain addresses only. */
const PUBLIC_API_ROOT = 'https://api.telegram.org';

const GROUP_BUDGET: BudgetOptions = { messages: 20, windowMs: 60_000 };
const PRIVATE_BUDGET: BudgetOptions = { messages: 60, windowMs: 60_000 };

/** Who the desk is in Telegram. */
export interface TelegramIdentity {
  readonly token: BotToken;
  readonly adminChatId: number | string;
  readonly webhookSecrets: WebhookSecrets;
}

/** The options, checked, with every default filled in and no secret that could be printed. */
export class TelegramSettings {
  /** Null when the module is disabled: no token, or no admin chat. */
  readonly identity: TelegramIdentity | null;
  readonly webhookUrl: string | undefined;
  readonly updates: 'webhook' | 'polling' | 'off';
  readonly polling: Required<PollingOptions>;
  /** Undefined when it is not given: then mappings and all else have beginnings of their own. */
  readonly keyPrefix: string | undefined;
  readonly mappingTtlSeconds: number;
  readonly legacyMappings: boolean;
  readonly apiRoot: string;
  readonly requestTimeoutMs: number;
  readonly agents: ReadonlySet<number> | null;
  readonly replies: Required<ReplyOptions>;
  readonly budget: BudgetOptions;
  readonly templates: Partial<NoticeTemplates>;
  /** Not printed: it may hold a password. */
  readonly #redis: RedisOption | undefined;

  /** @throws {@link TelegramConfigError} That names every option that cannot be used. */
  constructor(options: TelegramModuleOptions) {
    assertUsable(options);
    this.identity = identityOf(options);
    this.webhookUrl = options.webhookUrl || undefined;
    this.updates = options.updates ?? 'webhook';
    this.polling = { removeWebhook: options.polling?.removeWebhook ?? false };
    this.keyPrefix = options.keyPrefix || undefined;
    this.mappingTtlSeconds = options.mappingTtlSeconds ?? 604_800;
    this.legacyMappings = options.legacyMappings ?? false;
    this.apiRoot = apiRootOf(options);
    this.requestTimeoutMs = options.requestTimeoutMs ?? 30_000;
    this.agents = options.agents ? new Set(options.agents) : null;
    this.replies = {
      attempts: options.replies?.attempts ?? 5,
      receipts: options.replies?.receipts ?? true,
      timeoutMs: options.replies?.timeoutMs ?? 60_000,
    };
    this.budget = options.budget ?? defaultBudget(this.identity?.adminChatId);
    this.templates = options.templates ?? {};
    this.#redis = options.redis || undefined;
  }

  /** Whether the Bot API is Telegram's own server. */
  get isPublicApi(): boolean {
    return this.apiRoot === PUBLIC_API_ROOT;
  }

  get redis(): RedisOption | undefined {
    return this.#redis;
  }
}

function identityOf({ botToken, adminChatId, webhookSecret }: TelegramModuleOptions) {
  if (!botToken || !adminChatId) return null;
  const token = new BotToken(botToken);
  return {
    token,
    adminChatId: Number.isNaN(Number(adminChatId)) ? adminChatId : Number(adminChatId),
    webhookSecrets: webhookSecretsOf(webhookSecret, token),
  };
}

function webhookSecretsOf(
  option: TelegramModuleOptions['webhookSecret'],
  token: BotToken,
): WebhookSecrets {
  const [current, ...former] = [option ?? []].flat().filter((secret) => secret !== '');
  if (current === undefined) return new WebhookSecrets(token.derive('webhook-secret'));
  return new WebhookSecrets(
    new Secret(current),
    former.map((secret) => new Secret(secret)),
  );
}

function defaultBudget(adminChatId: number | string | undefined): BudgetOptions {
  return Number(adminChatId) > 0 ? PRIVATE_BUDGET : GROUP_BUDGET;
}

function assertUsable(given: TelegramModuleOptions): void {
  const options = Object.assign(new TelegramModuleOptions(), withoutEmpty(given));
  if (isPlainObject(options.replies)) {
    options.replies = Object.assign(new ReplyOptions(), options.replies);
  }
  if (isPlainObject(options.polling)) {
    options.polling = Object.assign(new PollingOptions(), options.polling);
  }
  if (isPlainObject(options.budget)) {
    options.budget = Object.assign(new BudgetSettings(), options.budget);
  }
  const errors = validateSync(options, { whitelist: true, forbidNonWhitelisted: true });
  const problems = [...errors.flatMap((error) => problemsOf(error)), ...addressProblems(options)];
  if (problems.length > 0) throw new TelegramConfigError(problems);
}

/** An address that Telegram would refuse is told at boot, before it costs the one that is registered. */
function addressProblems(options: TelegramModuleOptions): OptionProblem[] {
  const { webhookUrl } = options;
  if (typeof webhookUrl !== 'string' || !URL.canParse(webhookUrl)) return [];
  if (apiRootOf(options) !== PUBLIC_API_ROOT) return [];
  const flaw = flawOfWebhookAddress(webhookUrl);
  return flaw === undefined
    ? []
    : [{ option: 'webhookUrl', got: describe('webhookUrl', webhookUrl), wants: `it ${flaw}` }];
}

function apiRootOf({ apiRoot }: TelegramModuleOptions): string {
  return (apiRoot || PUBLIC_API_ROOT).replace(/\/+$/, '');
}

/** An empty string is how an environment variable says that it is not set. */
function withoutEmpty(options: object): object {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== ''));
}

function problemsOf(error: ValidationError, parent?: string): OptionProblem[] {
  const option = parent ? `${parent}.${error.property}` : error.property;
  const nested = (error.children ?? []).flatMap((child) => problemsOf(child, option));
  if (!error.constraints) return nested;
  const { whitelistValidation, ...constraints } = error.constraints;
  const wants = whitelistValidation
    ? 'there is no such option'
    : Object.values(constraints).join(', ').replaceAll(`${error.property} must`, 'must');
  const value: unknown = error.value;
  return [{ option, got: describe(error.property, value), wants }, ...nested];
}

function describe(option: string, value: unknown): string {
  if (typeof value === 'string') {
    return SECRET_OPTIONS.has(option)
      ? `a string of ${value.length} characters`
      : JSON.stringify(value);
  }
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? 'an array' : 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
