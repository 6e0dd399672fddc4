import { TelegramConfigError } from '../../errors/index.js';
import { RateLimitOptions } from '../../config/rate-limit.options.js';
import { problemsOfOptions } from '../../config/option-problems.js';
import { Secret } from '../../secrets/secret.js';
import { CHAT_DEFAULTS } from './chat-defaults.js';
import { SupportChatOptions } from './support-chat.options.js';
import { UploadOptions } from './upload.options.js';

const DAY_MS = 24 * 60 * 60 * 1000;

const GROUPS = { uploads: UploadOptions, rateLimit: RateLimitOptions };

/** What is known of the bot. */
interface ChatContext {
  /** Whether there is a bot: without one the chat answers 404. */
  readonly isEnabled: boolean;
  readonly botToken: Secret;
}

/** The files that customers may send. */
export interface UploadSettings {
  readonly maxBytes: number;
  readonly maxBytesPerCustomer: number;
  readonly maxFiles: number;
  readonly types: readonly string[];
  readonly keepSeconds: number;
}

/** The validated options of the chat, with every default filled in and no secret that could be printed. */
export class ChatSettings {
  readonly isEnabled: boolean;
  readonly customer: SupportChatOptions['customer'];
  readonly anonymous: boolean;
  readonly secret: Secret;
  readonly origins: ReadonlySet<string>;
  /** Null when customers may send no files. */
  readonly uploads: UploadSettings | null;
  readonly rateLimit: RateLimitOptions;
  /** How long a thread is kept after its last change. */
  readonly retentionMs: number;
  readonly history: boolean;
  readonly availability: SupportChatOptions['availability'];
  readonly maxTextLength: number;

  /** @throws {@link TelegramConfigError} That names every option that cannot be used. */
  constructor(options: SupportChatOptions, { isEnabled, botToken }: ChatContext) {
    const problems = problemsOfOptions(options, new SupportChatOptions(), GROUPS);
    if (problems.length > 0) throw new TelegramConfigError(problems, 'SupportChatModule');
    const { secret, uploads } = options;
    this.isEnabled = isEnabled;
    this.customer = options.customer ?? undefined;
    this.anonymous = options.anonymous ?? CHAT_DEFAULTS.anonymous;
    this.secret = (secret ? new Secret(secret) : botToken).derive('support-chat');
    this.origins = new Set(options.origins);
    this.uploads = uploads === false ? null : uploadsOf(uploads ?? {});
    this.rateLimit = options.rateLimit ?? CHAT_DEFAULTS.rateLimit;
    this.retentionMs = (options.retentionDays ?? CHAT_DEFAULTS.retentionDays) * DAY_MS;
    this.history = options.history ?? CHAT_DEFAULTS.history;
    this.availability = options.availability ?? undefined;
    this.maxTextLength = options.maxTextLength ?? CHAT_DEFAULTS.maxTextLength;
  }
}

function uploadsOf(given: UploadOptions): UploadSettings {
  const defaults = CHAT_DEFAULTS.uploads;
  return {
    maxBytes: given.maxBytes ?? defaults.maxBytes,
    maxBytesPerCustomer: given.maxBytesPerCustomer ?? defaults.maxBytesPerCustomer,
    maxFiles: given.maxFiles ?? defaults.maxFiles,
    types: given.types ?? defaults.types,
    keepSeconds: given.keepSeconds ?? defaults.keepSeconds,
  };
}
