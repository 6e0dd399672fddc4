import { errorText } from '../errors/index.js';
import { Redactor } from '../secrets/redactor.js';
import { CommandError } from './command.error.js';
import { DOCTOR_HELP, readDoctorOptions } from './doctor/doctor.options.js';
import { EXIT_CODE } from './exit-code.js';
import { SETUP_HELP } from './setup/setup-help.js';
import { readSetupOptions } from './setup/setup.options.js';

const HELP = `Usage: nestjs-telegram-support <command>

  doctor   finds out whether messages get through, and what to do if not
  setup    makes a Telegram chat the support desk of your app

nestjs-telegram-support <command> --help says more.
`;

/** Runs a command of the command line. @returns How the process is to end. Never rejects. */
export async function runCommandLine([command, ...args]: readonly string[]): Promise<number> {
  try {
    return await run(command, args);
  } catch (error) {
    const name = command === undefined || !(error instanceof CommandError) ? '' : ` ${command}`;
    process.stderr.write(`nestjs-telegram-support${name}: ${reasonOf(error)}\n`);
    return EXIT_CODE.failed;
  }
}

async function run(command: string | undefined, args: readonly string[]): Promise<number> {
  switch (command) {
    case 'doctor': {
      const options = readDoctorOptions(args);
      if (options.help) return print(DOCTOR_HELP);
      // Loaded only now, because it needs the packages of the app.
      const { runDoctor } = await import('./doctor/doctor.command.js');
      return runDoctor(options);
    }
    case 'setup': {
      const options = readSetupOptions(args);
      if (options.help) return print(SETUP_HELP);
      const { runSetup } = await import('./setup/setup.command.js');
      return runSetup(options);
    }
    case '--help':
    case '-h':
      return print(HELP);
    case undefined:
      process.stderr.write(HELP);
      return EXIT_CODE.failed;
    default:
      throw new CommandError('there is no such command; there are doctor and setup');
  }
}

function print(help: string): number {
  process.stdout.write(help);
  return EXIT_CODE.ok;
}

function reasonOf(error: unknown): string {
  const [, missing] = /^Cannot find package '([^']+)'/.exec(String(Object(error).message)) ?? [];
  if (missing) return `${missing} is not installed: run this in the folder of your app`;
  return new Redactor().redact(error instanceof CommandError ? error.message : errorText(error));
}
