/** Telegram's own Bot API server. */
export const PUBLIC_API_ROOT = 'https://api.telegram.org';

/** The name of the bot whose module has none. */
export const DEFAULT_BOT = 'default';

/** The value of each option that the app leaves out. The options' doc comments repeat them. */
export const DEFAULT_OPTIONS = {
  updates: 'webhook',
  apiRoot: PUBLIC_API_ROOT,
  requestTimeoutMs: 30_000,
  mappingTtlSeconds: 604_800,
  legacyMappings: false,
  threadTtlSeconds: 7_776_000,
  mode: 'replies',
  deletes: 'strike',
  locale: 'en',
  topics: {
    replyOnly: false,
    icons: { waiting: '❗', answered: '💬', closed: '✅', overdue: '🔥' },
  },
  files: { maxBytes: 10_485_760, allowPrivateUrls: false, ttlSeconds: 3_600 },
  polling: { removeWebhook: false },
  replies: { attempts: 5, receipts: true, exposeErrors: true, timeoutMs: 60_000, snippets: {} },
  hours: { digest: true },
  reminders: { escalateMs: 900_000, closeWarningMs: 86_400_000 },
  card: { buttons: true, describeTimeoutMs: 3_000 },
  claims: { policy: 'warn', holdMs: 5_000 },
  reactions: { taken: '👍', read: '👀', deleted: '🙈', close: '👌' },
  privacy: { protectContent: false, revealTo: 'agents', revealForMs: 86_400_000 },
  groupRateLimit: { messages: 20, windowMs: 60_000 },
  privateRateLimit: { messages: 60, windowMs: 60_000 },
} as const;

/** The value of each extra that the app leaves out, or passes as undefined. */
export const DEFAULT_EXTRAS = {
  isGlobal: false,
  webhookPath: 'telegram/webhook',
  webhook: true,
} as const;
