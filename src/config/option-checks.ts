import { ValidateBy } from 'class-validator';
import { problemOfRedisOption } from '../redis/redis-option-check.js';

const CHAT_ID = /^-?[1-9]\d{0,15}$/;
const CHAT_USERNAME = /^@[a-z]\w{3,31}$/i;
const BOT_TOKEN_OR_LOGIN = /\d{5,}:[\w-]{20,}|:\/\/\S*@/;
/** Behind an empty pair of braces a cluster would not see the braces that keep the keys of a desk together. */
const KEY_PREFIX = /^(?!.*\{\})\S{1,64}$/;
const WEBHOOK_SECRET = /^[\w-]{1,256}$/;

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
      validate: (value: unknown) => problemOfRedisOption(value) === undefined,
      defaultMessage: (args) => problemOfRedisOption(args?.value) ?? '',
    },
  });
}

/** What keys may begin with. Many see them, so a token or a password in the wrong place does not get there. */
export function IsKeyPrefix(): PropertyDecorator {
  return ValidateBy({
    name: 'isKeyPrefix',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' && KEY_PREFIX.test(value) && !BOT_TOKEN_OR_LOGIN.test(value),
      defaultMessage: () =>
        'wants 1 to 64 characters without a space and without "{}", and no secret',
    },
  });
}

/** A whole number in a range; `of` says what is counted. */
export function IsWholeNumber(of: string, most: number): PropertyDecorator {
  return ValidateBy({
    name: 'isWholeNumber',
    validator: {
      validate: (value: unknown) =>
        Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most,
      defaultMessage: () => `wants a whole number of ${of}, from 1 to ${most}`,
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
