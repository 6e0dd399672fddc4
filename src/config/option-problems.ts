import { validateSync, type ValidationError } from 'class-validator';
import type { OptionProblem } from '../errors/index.js';
import { hiddenValue, shownName, shownValue } from '../secrets/shown-value.js';
import { PollingOptions } from './polling.options.js';
import { RateLimitOptions } from './rate-limit.options.js';
import { ReplyOptions } from './reply.options.js';
import { TopicOptions } from './topic.options.js';
import { TelegramModuleOptions } from './telegram-module.options.js';
import { DEFAULT_OPTIONS, PUBLIC_API_ROOT } from './default-options.js';
import { variableOf } from './environment-variables.js';
import { isWebAddress, validateWebhookUrl } from '../webhook/webhook-url.js';

/** Names of options whose values are never shown, misspelt ones included. */
const SECRET_NAMES = /token|secret|pass|pwd|auth|credential|api_?key/i;

/** The present name of each renamed option. */
const RENAMED: Readonly<Record<string, string>> = { budget: 'rateLimit' };

const GROUPS = {
  replies: ReplyOptions,
  polling: PollingOptions,
  rateLimit: RateLimitOptions,
  topics: TopicOptions,
};

/** What the name of a bot may be: it is part of a URL's path. */
const BOT_NAME = /^[\w-]{1,64}$/;

/** What is wrong with the name of a bot; undefined when nothing is. */
export function problemOfName(name: unknown): OptionProblem | undefined {
  if (name === undefined || (typeof name === 'string' && BOT_NAME.test(name))) return undefined;
  return problem('name', name, 'wants 1 to 64 letters, digits, _ and -');
}

/** Validates the options of an app: at most one problem for each option, none of which shows a secret. */
export function problemsOf(given: unknown): OptionProblem[] {
  if (!isPlainObject(given)) {
    const wants = 'wants an object with the options; does the factory return it?';
    return [{ option: 'options', got: shownValue(given), wants }];
  }
  const problems: OptionProblem[] = [];
  const options = copyOf(given, new TelegramModuleOptions(), problems);
  for (const [name, group] of Object.entries(GROUPS)) {
    const value: unknown = Reflect.get(options, name);
    if (value === undefined || value === null) continue;
    if (name === 'replies' && value === false) continue;
    if (isPlainObject(value)) put(options, name, copyOf(value, new group(), problems, name));
    else {
      problems.push({ option: name, got: shownValue(value), wants: wantsOf(name) });
      put(options, name, undefined);
    }
  }
  const errors = validateSync(options, { whitelist: true, forbidNonWhitelisted: true });
  problems.push(...errors.flatMap((error) => problemsIn(error)));
  if (!problems.some(({ option }) => option === 'webhookUrl')) {
    problems.push(...webhookUrlProblems(options));
  }
  return problems;
}

function wantsOf(group: string): string {
  return group === 'replies'
    ? 'wants an object, or false in a process that only sends'
    : 'wants an object';
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
  const name = shownName(error.property);
  const option = parent ? `${parent}.${name}` : name;
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
      const name = shownName(key);
      const option = parent ? `${parent}.${name}` : name;
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

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
