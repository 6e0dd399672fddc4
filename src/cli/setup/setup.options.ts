import { CommandError } from '../command.error.js';
import { DEFAULT_ENV_FILE } from '../load-environment.js';
import { parseFlags } from '../parse-flags.js';

export const MODES = ['replies', 'topics'] as const;
export const WAYS_IN = ['polling', 'webhook'] as const;

export type Mode = (typeof MODES)[number];
export type WayIn = (typeof WAYS_IN)[number];

const DEFAULT_TIMEOUT_SECONDS = 600;

const FLAGS = {
  help: { type: 'boolean', short: 'h' },
  'token-file': { type: 'string' },
  mode: { type: 'string' },
  updates: { type: 'string' },
  'webhook-url': { type: 'string' },
  'replace-webhook': { type: 'boolean' },
  'drop-updates': { type: 'boolean' },
  chat: { type: 'string' },
  out: { type: 'string' },
  overwrite: { type: 'boolean' },
  print: { type: 'boolean' },
  interactive: { type: 'boolean' },
  timeout: { type: 'string' },
} as const;

/** What the command line asks for. What is undefined is asked, or left to its default. */
export interface SetupOptions {
  readonly help: boolean;
  readonly tokenFile: string | undefined;
  readonly mode: Mode | undefined;
  readonly updates: WayIn | undefined;
  readonly webhookUrl: string | undefined;
  /** Whether a registered webhook may be removed without a question. */
  readonly replaceWebhook: boolean;
  /** Whether updates that wait for the app may be taken without a question. */
  readonly dropUpdates: boolean;
  /** The chat, if it need not be found. */
  readonly chat: string | undefined;
  /** The file that the lines are written to. */
  readonly out: string;
  /** Whether other values in that file may be replaced without a question. */
  readonly overwrite: boolean;
  /** Whether the lines are printed instead of written. */
  readonly print: boolean;
  /** Whether questions are asked, though the input is no terminal. */
  readonly interactive: boolean;
  /** How long whatever has to be done in Telegram may take. */
  readonly timeoutMs: number;
}

/** @throws {@link CommandError} When a flag has a value that it cannot have. */
export function readSetupOptions(args: readonly string[]): SetupOptions {
  const flags = parseFlags(args, FLAGS);
  const webhookUrl = flags['webhook-url'];
  const updates = oneOf('--updates', WAYS_IN, flags.updates) ?? (webhookUrl && 'webhook');
  if (webhookUrl && updates === 'polling') {
    throw new CommandError('--webhook-url is of no use with --updates polling');
  }
  return {
    help: flags.help ?? false,
    tokenFile: flags['token-file'],
    mode: oneOf('--mode', MODES, flags.mode),
    updates: updates || undefined,
    webhookUrl,
    replaceWebhook: flags['replace-webhook'] ?? false,
    dropUpdates: flags['drop-updates'] ?? false,
    chat: flags.chat?.trim(),
    out: flags.out ?? DEFAULT_ENV_FILE,
    overwrite: flags.overwrite ?? false,
    print: flags.print ?? false,
    interactive: flags.interactive ?? false,
    timeoutMs: secondsOf(flags.timeout) * 1000,
  };
}

function oneOf<T extends string>(
  flag: string,
  among: readonly T[],
  value: string | undefined,
): T | undefined {
  const found = among.find((each) => each === value);
  if (value !== undefined && found === undefined) {
    throw new CommandError(`${flag} wants ${among.join(' or ')}`);
  }
  return found;
}

function secondsOf(value: string | undefined): number {
  if (value === undefined) return DEFAULT_TIMEOUT_SECONDS;
  if (/^\d{1,5}$/.test(value)) return Number(value);
  throw new CommandError('--timeout wants a number of seconds');
}
