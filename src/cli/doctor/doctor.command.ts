import { telegramConfig } from '../../config/telegram-config.js';
import type { TelegramModuleOptions } from '../../config/telegram-module.options.js';
import type { Diagnosis } from '../../monitoring/diagnosis.interface.js';
import { DEFAULT_DESK } from '../../threads/thread-record.js';
import { EXIT_CODE } from '../exit-code.js';
import { loadEnvironment } from '../load-environment.js';
import { TextOutput } from '../terminal/text-output.js';
import { DiagnosisReport } from './diagnosis-report.js';
import { diagnoseOptions } from './diagnose-options.js';
import type { DoctorOptions } from './doctor.options.js';
import { readVersions } from './versions.js';

/** `nestjs-telegram-support doctor`. @returns How the process is to end. */
export async function runDoctor(options: DoctorOptions): Promise<number> {
  loadEnvironment(options.envFile);
  const diagnosis = await diagnoseOptions(() => moduleOptionsOf(options), options.desk);
  const versions = readVersions();
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ ...diagnosis, versions }, null, 2)}\n`);
  } else {
    new DiagnosisReport(new TextOutput(process.stdout, process.env)).write(diagnosis, versions);
  }
  return exitCodeOf(diagnosis, options.strict);
}

/** How the process is to end after a diagnosis. */
export function exitCodeOf({ ok, checks }: Diagnosis, isStrict = false): number {
  if (!ok) return EXIT_CODE.failed;
  const hasWarnings = checks.some(({ status }) => status === 'warning');
  if (!hasWarnings) return EXIT_CODE.ok;
  return isStrict ? EXIT_CODE.failed : EXIT_CODE.warnings;
}

/** The options of the environment, with the chat of the desk. */
function moduleOptionsOf({ desk, chat }: DoctorOptions): TelegramModuleOptions {
  const options = telegramConfig();
  if (chat === undefined) return options;
  const isDefault = desk === DEFAULT_DESK;
  const given = isDefault ? { adminChatId: chat } : { desks: { [desk]: { adminChatId: chat } } };
  return Object.assign({}, options, given);
}
