import { validateSync, type ValidationError } from 'class-validator';
import type { OptionProblem } from '../errors/index.js';
import { hiddenValue, shownName, shownValue } from '../secrets/shown-value.js';
import { BusinessHours } from './business-hours.options.js';
import { CardOptions } from './card.options.js';
import { ClaimOptions } from './claim.options.js';
import { DeskOptions } from './desk.options.js';
import { FileOptions } from './file.options.js';
import { PollingOptions } from './polling.options.js';
import { PrivacyOptions } from './privacy.options.js';
import { RateLimitOptions } from './rate-limit.options.js';
import { ReactionOptions } from './reaction.options.js';
import { ReminderOptions } from './reminder.options.js';
import { ReplyOptions } from './reply.options.js';
import { TopicOptions } from './topic.options.js';
import { TelegramModuleOptions } from './telegram-module.options.js';
import { DEFAULT_OPTIONS, PUBLIC_API_ROOT } from './default-options.js';
import { DEFAULT_DESK } from '../threads/thread-record.js';
import { variableOf } from './environment-variables.js';
import { isWebAddress, validateWebhookUrl } from '../webhook/webhook-url.js';

/** Names of options whose values are never shown, misspelt ones included. */
const SECRET_NAMES = /token|secret|pass|pwd|auth|credential|api_?key/i;

/** The present name of each renamed option. */
const RENAMED: Readonly<Record<string, string>> = { budget: 'rateLimit' };

const DESK_GROUPS = {
  privacy: PrivacyOptions,
  card: CardOptions,
  claims: ClaimOptions,
  rateLimit: RateLimitOptions,
  reactions: ReactionOptions,
  topics: TopicOptions,
  hours: BusinessHours,
  reminders: ReminderOptions,
};
const GROUPS = {
  ...DESK_GROUPS,
  replies: ReplyOptions,
  polling: PollingOptions,
  files: FileOptions,
};

/** Groups that may be false, and what they want. */
const OR_FALSE: Readonly<Record<string, string>> = {
  replies: 'wants an object, or false in a process that only sends',
  claims: 'wants an object, or false for threads that belong to nobody',
  uploads: 'wants an object, or false for no uploads',
};

/** What the name of a bot or a desk may be: that of a bot is part of a URL's path. */
const NAME = /^[\w-]{1,64}$/;
const NAME_RULE = 'wants 1 to 64 letters, digits, _ and -';

/** What is wrong with the name of a bot; undefined when nothing is. */
export function problemOfName(name: unknown): OptionProblem | undefined {
  if (name === undefined || (typeof name === 'string' && NAME.test(name))) return undefined;
  return problem('name', name, NAME_RULE);
}

/** Validates the options of an app: at most one problem for each option, none of which shows a secret. */
export function problemsOf(given: unknown): OptionProblem[] {
  const options = new TelegramModuleOptions();
  const problems = problemsOfOptions(given, options, GROUPS);
  if (!isPlainObject(given)) return problems;
  if (isPlainObject(options.desks)) problems.push(...deskProblemsOf(options.desks));
  if (!problems.some(({ option }) => option === 'webhookUrl')) {
    problems.push(...webhookUrlProblems(options));
  }
  return problems;
}

/**
 * Copies options into an instance of their class, and validates them.
 *
 * @param options The new instance, which has the validators.
 * @param groups The classes of those options that are groups.
 */
export function problemsOfOptions(
  given: unknown,
  options: object,
  groups: Readonly<Record<string, new () => object>>,
): OptionProblem[] {
  if (!isPlainObject(given)) {
    const wants = 'wants an object with the options; does the factory return it?';
    return [{ option: 'options', got: shownValue(given), wants }];
  }
  const problems: OptionProblem[] = [];
  copyOf(given, options, problems);
  return [...problems, ...problemsWithin(options, groups)];
}

/** Validates options that are an instance of their class, and the groups of options in them. */
function problemsWithin(
  options: object,
  groups: Readonly<Record<string, new () => object>>,
  parent?: string,
): OptionProblem[] {
  const problems: OptionProblem[] = [];
  for (const [name, group] of Object.entries(groups)) {
    const value: unknown = Reflect.get(options, name);
    if (value === undefined || value === null) continue;
    if (value === false && Object.hasOwn(OR_FALSE, name)) continue;
    const option = nameIn(parent, name);
    if (isPlainObject(value)) put(options, name, copyOf(value, new group(), problems, option));
    else {
      problems.push({ option, got: shownValue(value), wants: wantsOf(name) });
      put(options, name, undefined);
    }
  }
  const errors = validateSync(options, { whitelist: true, forbidNonWhitelisted: true });
  return [...problems, ...errors.flatMap((error) => problemsIn(error, parent))];
}

function deskProblemsOf(desks: object): OptionProblem[] {
  return Object.keys(desks).flatMap((name) => {
    const option = nameIn('desks', shownName(name));
    if (!NAME.test(name)) {
      return [{ option, got: shownValue(name), wants: `as the name of a desk, ${NAME_RULE}` }];
    }
    if (name === DEFAULT_DESK) {
      const wants = 'another name: this one is that of the desk of adminChatId';
      return [{ option, got: shownValue(name), wants }];
    }
    const value: unknown = Reflect.get(desks, name);
    if (!isPlainObject(value)) {
      return [{ option, got: shownValue(value), wants: 'wants an object with options of a desk' }];
    }
    const problems: OptionProblem[] = [];
    const copy = copyOf(value, new DeskOptions(), problems, option);
    if (copy.adminChatId === '') put(copy, 'adminChatId', undefined);
    return [...problems, ...problemsWithin(copy, DESK_GROUPS, option)];
  });
}

function wantsOf(group: string): string {
  return (Object.hasOwn(OR_FALSE, group) ? OR_FALSE[group] : undefined) ?? 'wants an object';
}

/** The root URL of the Bot API server, without a slash at the end. */
export function apiRootOf({ apiRoot }: TelegramModuleOptions): string {
  return (apiRoot || DEFAULT_OPTIONS.apiRoot).replace(/\/+$/, '');
}

/** Rejected at boot, because Telegram drops the registered webhook before it rejects a bad URL. */
function webhookUrlProblems(options: TelegramModuleOptions): OptionProblem[] {
  const { webhookUrl, apiRoot } = options;
  if (typeof webhookUrl !== 'string' || !URL.canParse(webhookUrl)) return [];
  const isPublic = typeof apiRoot !== 'string' || apiRootOf(options) === PUBLIC_API_ROOT;
  const flaw = isPublic || !isWebAddress(webhookUrl) ? validateWebhookUrl(webhookUrl) : undefined;
  return flaw === undefined ? [] : [problem('webhookUrl', webhookUrl, `it ${flaw}`)];
}

function problemsIn(error: ValidationError, parent?: string): OptionProblem[] {
  const option = nameIn(parent, shownName(error.property));
  if (!error.constraints) {
    return (error.children ?? []).flatMap((child) => problemsIn(child, option));
  }
  const { whitelistValidation, ...constraints } = error.constraints;
  const wants = whitelistValidation
    ? noSuchOption(option)
    : [...new Set(Object.values(constraints))].join(', ');
  return [problem(option, error.value, wants)];
}

function noSuchOption(option: string): string {
  const newName = Object.hasOwn(RENAMED, option) ? RENAMED[option] : undefined;
  return newName ? `this option is named ${newName} now` : 'there is no such option';
}

function problem(option: string, value: unknown, wants: string): OptionProblem {
  const variable = variableOf(option, value);
  const got = SECRET_NAMES.test(option) ? hiddenValue(value) : shownValue(value);
  return { option, ...(variable && { variable }), got, wants };
}

/**
 * Copies the options into an instance of their class, which has the validators. An empty string counts as
 * not set, because environment variables cannot be undefined.
 */
function copyOf<T extends object>(
  given: object,
  target: T,
  problems: OptionProblem[],
  parent?: string,
): T {
  for (const key of Object.keys(given)) {
    try {
      const value: unknown = Reflect.get(given, key);
      if (parent !== undefined || value !== '') put(target, key, value);
    } catch {
      const option = nameIn(parent, shownName(key));
      problems.push({ option, got: 'a getter that throws', wants: 'wants a value' });
    }
  }
  return target;
}

/** Defines the property instead of assigning it, so that `__proto__` is an ordinary name. */
function put(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}

function nameIn(parent: string | undefined, name: string): string {
  return parent ? `${parent}.${name}` : name;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
