import { DEFAULT_DESK } from '../../threads/thread-record.js';
import { CommandError } from '../command.error.js';
import { parseFlags } from '../parse-flags.js';

const FLAGS = {
  help: { type: 'boolean', short: 'h' },
  'env-file': { type: 'string' },
  desk: { type: 'string' },
  chat: { type: 'string' },
  json: { type: 'boolean' },
  strict: { type: 'boolean' },
} as const;

/** What `doctor --help` prints. */
export const DOCTOR_HELP = `Usage: nestjs-telegram-support doctor [flags]

Finds out whether messages get through, and says what to do if not. Reads the
environment as your app does, and .env in this folder where a variable is not
set. Posts nothing, changes nothing, and takes no updates from your app. Its
output holds no token and no secret: paste it into an issue.

  --env-file <path>  another file than .env
  --desk <name>      another desk of the bot; needs --chat
  --chat=<id>        another chat than TELEGRAM_ADMIN_CHAT_ID
  --json             only JSON on the standard output: { ok, checks, versions }
  --strict           warnings fail, too
  -h, --help         this text

Ends with 0 when all is well, with 1 when there are only warnings, and with 2
when something has failed.
`;

/** What the command line asks for. */
export interface DoctorOptions {
  readonly help: boolean;
  /** Another file than `.env`. */
  readonly envFile: string | undefined;
  readonly desk: string;
  /** Another chat than that of the environment. */
  readonly chat: string | undefined;
  /** Whether JSON is printed instead of text. */
  readonly json: boolean;
  /** Whether warnings count as failures. */
  readonly strict: boolean;
}

/** @throws {@link CommandError} When a flag is missing, or there is no such flag. */
export function readDoctorOptions(args: readonly string[]): DoctorOptions {
  const flags = parseFlags(args, FLAGS);
  const { desk = DEFAULT_DESK, chat } = flags;
  if (desk !== DEFAULT_DESK && chat === undefined) {
    throw new CommandError(
      `the environment holds no chat of the desk "${desk}": pass it by --chat=<id>`,
    );
  }
  return {
    help: flags.help ?? false,
    envFile: flags['env-file'],
    desk,
    chat,
    json: flags.json ?? false,
    strict: flags.strict ?? false,
  };
}
