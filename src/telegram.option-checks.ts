import { ValidateBy } from 'class-validator';

const CHAT_ID = /^-?[1-9]\d{0,15}$/;
const CHAT_USERNAME = /^@[a-z]\w{3,31}$/i;
const WEBHOOK_SECRET = /^[\w-]{1,256}$/;
const REDIS_URL = /^rediss?:\/\/\S+$/;

/** A chat's id, as a number or in digits, or a public chat's `@username`. */
export function IsAdminChatId(): PropertyDecorator {
  return ValidateBy({
    name: 'isAdminChatId',
    validator: {
      validate: (value: unknown) =>
        (typeof value === 'string' && (CHAT_ID.test(value) || CHAT_USERNAME.test(value))) ||
        (Number.isSafeInteger(value) && value !== 0),
      defaultMessage: () =>
        'wants a chat id such as -1001234567890, or the @username of a public group',
    },
  });
}

/** A Redis URL, ioredis options or an ioredis client. */
export function IsRedisOption(): PropertyDecorator {
  return ValidateBy({
    name: 'isRedisOption',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string'
          ? REDIS_URL.test(value)
          : typeof value === 'object' && value !== null && !Array.isArray(value),
      defaultMessage: () =>
        'wants a redis:// or rediss:// URL, ioredis options or an ioredis client',
    },
  });
}

/** A secret for the webhook, or a list of some. */
export function IsWebhookSecret(): PropertyDecorator {
  return ValidateBy({
    name: 'isWebhookSecret',
    validator: {
      validate: (value: unknown) => {
        const secrets: unknown[] = Array.isArray(value) ? value : [value];
        return (
          secrets.length > 0 &&
          secrets.every((secret) => typeof secret === 'string' && WEBHOOK_SECRET.test(secret))
        );
      },
      defaultMessage: () =>
        'wants 1 to 256 characters of A-Z, a-z, 0-9, _ and -, or a list of such secrets',
    },
  });
}
