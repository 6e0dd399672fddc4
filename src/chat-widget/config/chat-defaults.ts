/** The value of each option of the chat that the app leaves out. The options' doc comments repeat them. */
export const CHAT_DEFAULTS = {
  anonymous: false,
  retentionDays: 90,
  history: true,
  maxTextLength: 4_000,
  rateLimit: { messages: 20, windowMs: 60_000 },
  uploads: {
    maxBytes: 10_485_760,
    maxBytesPerCustomer: 104_857_600,
    maxFiles: 10,
    types: ['image/*', 'video/*', 'audio/*', 'application/pdf'],
    keepSeconds: 2_592_000,
  },
} as const;

/** The value of each extra that the app leaves out. */
export const CHAT_EXTRAS = { path: 'support' } as const;
