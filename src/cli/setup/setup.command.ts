import { telegramConfig } from '../../config/telegram-config.js';
import type { Diagnosis, DiagnosisCheck } from '../../monitoring/diagnosis.interface.js';
import { diagnoseOptions } from '../doctor/diagnose-options.js';
import { DiagnosisReport } from '../doctor/diagnosis-report.js';
import { exitCodeOf } from '../doctor/doctor.command.js';
import { readVersions } from '../doctor/versions.js';
import { EXIT_CODE } from '../exit-code.js';
import { loadEnvironment } from '../load-environment.js';
import { Questions } from '../terminal/questions.js';
import { TextOutput } from '../terminal/text-output.js';
import { SetupChanges } from './setup-changes.js';
import type { SetupSession } from './setup-session.js';
import type { SetupOptions } from './setup.options.js';
import { Setup } from './setup.js';
import type { Variables } from './variables-step.js';

/** `nestjs-telegram-support setup`. @returns How the process is to end. */
export async function runSetup(options: SetupOptions): Promise<number> {
  // A variable of the process wins over a file, also for the app.
  const inherited = { ...process.env };
  loadEnvironment();
  // With --print, the standard output is for the lines alone.
  const stream = options.print ? process.stderr : process.stdout;
  const output = new TextOutput(stream, process.env);
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGINT', stop);
  const isAnswered = options.interactive || process.stdin.isTTY;
  const questions = new Questions(isAnswered ? process.stdin : null, output, stop);
  const changes = new SetupChanges();
  try {
    const session = { options, output, questions, changes, signal: stopping.signal };
    const work = run(session, inherited);
    return await Promise.race([work, rejectedBy(stopping.signal)]);
  } catch (error) {
    if (stopping.signal.aborted) {
      output.paragraph();
      output.paragraph('Stopped. Run the setup again when you want to go on.');
    }
    changes.write(output);
    if (!stopping.signal.aborted) throw error;
    return EXIT_CODE.interrupted;
  } finally {
    questions.close();
    process.removeListener('SIGINT', stop);
  }
}

async function run(session: SetupSession, inherited: NodeJS.ProcessEnv): Promise<number> {
  const { options, output } = session;
  output.paragraph(
    'Makes a Telegram chat the support desk of your app. Ctrl-C stops it; no file is written before the end.',
  );
  output.paragraph();
  const values = await new Setup(session).run();
  Object.assign(process.env, values);
  output.paragraph();
  const diagnosis = beforeStart(await diagnoseOptions(() => telegramConfig()));
  new DiagnosisReport(output).write(diagnosis, readVersions());
  output.paragraph();
  const overruled = options.print ? [] : overruledNames(values, inherited);
  for (const name of overruled) {
    output.paragraph(
      `${name}: the environment that this runs in has another value, which wins over ${options.out}. If your app runs in it, too, it does not use what was written: remove the variable there`,
      '! ',
      'yellow',
    );
  }
  output.paragraph('Start your app now. It says "Desk: …" in its log when it has found the chat.');
  const code = exitCodeOf(diagnosis);
  return code === EXIT_CODE.ok && overruled.length > 0 ? EXIT_CODE.warnings : code;
}

/** The variables that the process has had from the start with another value; an empty one wins over a file, too. */
function overruledNames(values: Variables, inherited: NodeJS.ProcessEnv): string[] {
  return Object.keys(values).filter(
    (name) => inherited[name] !== undefined && inherited[name] !== values[name],
  );
}

/** The app registers its webhook and sets its menu when it starts, so nothing is wrong with them yet. */
function beforeStart({ checks }: Diagnosis): Diagnosis {
  const shown = checks.map((check): DiagnosisCheck => {
    const { id, status } = check;
    if (id.startsWith('webhook') && status !== 'skipped') {
      const finding = 'Your app registers the webhook when it starts; run the doctor then';
      return { id, status: 'skipped', finding };
    }
    if (id === 'commands' && status === 'warning') {
      const finding = 'The menu has entries of your app, which sets it anew when it starts';
      return { id, status: 'skipped', finding };
    }
    return check;
  });
  return { ok: shown.every(({ status }) => status !== 'failed'), checks: shown };
}

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('Interrupted')), { once: true });
  });
}
