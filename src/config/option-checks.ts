import { isAbsolute } from 'node:path';
import { ValidateBy } from 'class-validator';
import { problemOfRedisOption } from '../redis/redis-option-check.js';
import { DEFAULT_OPTIONS } from './default-options.js';
import { toReactionEmoji } from './reaction-emoji.js';

const CHAT_ID = /^-?[1-9]\d{0,15}$/;
const CHAT_USERNAME = /^@[a-z]\w{3,31}$/i;
/** What Telegram copies as the link of a message in a private group: its id without the -100. */
const LINK_BY_ID = /^\s*(?:https?:\/\/)?t\.me\/c\/(\d+)/i;
const LINK_BY_NAME = /^\s*(?:https?:\/\/)?t\.me\/(?!joinchat|addlist)([a-z]\w{3,31})(?![^\s/?#])/i;
const BOT_TOKEN_OR_LOGIN = /\d{5,}:[\w-]{20,}|:\/\/\S*@/;
/** `{}` would be taken for the hash tag, instead of the one that keeps the keys of a desk in one slot of a cluster. */
const KEY_PREFIX = /^(?!.*\{\})\S{1,64}$/;
const WEBHOOK_SECRET = /^[\w-]{1,256}$/;

/** The id of a chat, as a number or in digits, or the `@username` of a public one. */
export function IsAdminChatId(): PropertyDecorator {
  return ValidateBy({
    name: 'isAdminChatId',
    validator: {
      validate: (value: unknown) =>
        (typeof value === 'string' && isChatName(value)) ||
        (Number.isSafeInteger(value) && value !== 0),
      defaultMessage: (args) => whatIsWanted(args?.value),
    },
  });
}

function isChatName(text: string): boolean {
  return CHAT_ID.test(text) || CHAT_USERNAME.test(text);
}

/** Names the id, where it is known what is meant. */
function whatIsWanted(value: unknown): string {
  const text = typeof value === 'string' ? value : '';
  const [, id] = LINK_BY_ID.exec(text) ?? [];
  const [, name] = LINK_BY_NAME.exec(text) ?? [];
  if (id !== undefined) return `wants the id of the chat, not a link to it: use -100${id}`;
  if (name !== undefined) return `wants the id of the chat, not a link to it: use @${name}`;
  const trimmed = text.trim();
  if (isChatName(trimmed)) return `wants the id of the chat, without blanks: use ${trimmed}`;
  return 'wants a chat id such as -1001234567890, or the @username of a public group';
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

/** A prefix for Redis keys. Rejects what looks like a token or a password, because many people see keys. */
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

/** A whole number from 1 to `max`. */
export function IsWholeNumber(unit: string, max: number): PropertyDecorator {
  return ValidateBy({
    name: 'isWholeNumber',
    validator: {
      validate: (value: unknown) =>
        Number.isInteger(value) && Number(value) >= 1 && Number(value) <= max,
      defaultMessage: () => `wants a whole number of ${unit}, from 1 to ${max}`,
    },
  });
}

/** The absolute path of a directory, which need not exist yet. */
export function IsDirectoryPath(): PropertyDecorator {
  return ValidateBy({
    name: 'isDirectoryPath',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' && isAbsolute(value) && !value.includes('\0'),
      defaultMessage: () => 'wants the absolute path of a directory',
    },
  });
}

/** A webhook secret, or a list of them. */
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

/** A function of the app's. */
export function IsFunction(): PropertyDecorator {
  return ValidateBy({
    name: 'isFunction',
    validator: {
      validate: (value: unknown) => typeof value === 'function',
      defaultMessage: () => 'wants a function',
    },
  });
}

const STATUSES = ['waiting', 'answered', 'closed', 'overdue'];

/** An object with an emoji, or an empty text, for some of the statuses of a thread. */
export function IsTopicIcons(): PropertyDecorator {
  return ValidateBy({
    name: 'isTopicIcons',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'object' &&
        value !== null &&
        Object.entries(value).every(
          ([status, emoji]) =>
            STATUSES.includes(status) && (emoji === undefined || typeof emoji === 'string'),
        ),
      defaultMessage: () => `wants an object with an emoji for any of ${STATUSES.join(', ')}`,
    },
  });
}

/** An emoji that bots may react with, or false. */
export function IsReaction(): PropertyDecorator {
  return ValidateBy({
    name: 'isReaction',
    validator: {
      validate: (value: unknown) =>
        value === false || (typeof value === 'string' && toReactionEmoji(value) !== undefined),
      defaultMessage: () =>
        'wants one of the 73 emoji that Telegram has for reactions, such as 👍, 👀, 🙈 or 👌, or false',
    },
  });
}

/** Another emoji than that of the option `other`, by which agents do something else. */
export function IsOtherReactionThan(
  other: keyof typeof DEFAULT_OPTIONS.reactions,
): PropertyDecorator {
  return ValidateBy({
    name: 'isOtherReactionThan',
    validator: {
      validate: (value: unknown, args) => {
        const options: unknown = args?.object;
        const given: unknown =
          Reflect.get(Object(options), other) ?? DEFAULT_OPTIONS.reactions[other];
        if (typeof value !== 'string' || typeof given !== 'string') return true;
        return toReactionEmoji(value) !== toReactionEmoji(given);
      },
      defaultMessage: () => `wants another emoji than ${other}, by which agents do something else`,
    },
  });
}
