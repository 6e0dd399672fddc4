import { TelegramConfigError } from './errors/index.js';
import type { BudgetOptions } from './outbox/chat.budget.js';
import type { NoticeTemplates } from './outbox/notice-templates.js';
import type { RedisOption } from './redis/redis.connection.js';
import { BotToken } from './secrets/bot-token.js';
import { Secret } from './secrets/secret.js';
import { WebhookSecrets } from './secrets/webhook-secrets.js';
import { PUBLIC_API_ROOT, apiRootOf, problemsOf } from './telegram.option-problems.js';
import type { PollingOptions, ReplyOptions, TelegramModuleOptions } from './telegram.options.js';

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
  /** How replies reach the app; not at all in a process that only sends. */
  readonly replies: Required<ReplyOptions> & { readonly isOn: boolean };
  readonly budget: BudgetOptions;
  readonly templates: Partial<NoticeTemplates>;
  /** Not printed: it may hold a password. */
  readonly #redis: RedisOption | undefined;

  /** @throws {@link TelegramConfigError} That names every option that cannot be used. */
  constructor(options: TelegramModuleOptions) {
    const problems = problemsOf(options);
    if (problems.length > 0) throw new TelegramConfigError(problems);
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
    const { attempts, receipts, timeoutMs } = options.replies || {};
    this.replies = {
      isOn: options.replies !== false,
      attempts: attempts ?? 5,
      receipts: receipts ?? true,
      timeoutMs: timeoutMs ?? 60_000,
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
