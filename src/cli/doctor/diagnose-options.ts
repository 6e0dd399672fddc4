import type { TelegramModuleOptions } from '../../config/telegram-module.options.js';
import { TelegramConfigError } from '../../errors/index.js';
import type { Diagnosis } from '../../monitoring/diagnosis.interface.js';
import { TelegramService } from '../../telegram.service.js';
import { DEFAULT_DESK } from '../../threads/thread-record.js';
import { openIdleDesk } from '../idle-desk.js';

/**
 * Diagnoses the desk that an app with these options would have, without starting it.
 *
 * @param readOptions May throw, as `telegramConfig` does.
 */
export async function diagnoseOptions(
  readOptions: () => TelegramModuleOptions,
  desk = DEFAULT_DESK,
): Promise<Diagnosis> {
  try {
    const context = await openIdleDesk(readOptions());
    try {
      return await context.get(TelegramService).desk(desk).diagnose();
    } finally {
      await context.close();
    }
  } catch (error) {
    if (error instanceof TelegramConfigError) return diagnosisOfProblems(error);
    throw error;
  }
}

/** All that can be said of options with which an app does not start. */
function diagnosisOfProblems({ problems }: TelegramConfigError): Diagnosis {
  const found = problems.map(({ option, variable, got, wants }) => {
    const name = variable === undefined ? option : `${option}, from ${variable}`;
    return `${name}: got ${got}; ${wants}`;
  });
  const check = {
    id: 'options',
    status: 'failed',
    finding: `These options cannot be used: ${found.join('. ')}`,
    why: 'The app does not start with them, so nothing else was checked',
    remedy: 'Correct them where your app reads them, such as in its .env, and diagnose again',
  } as const;
  return { ok: false, checks: [check] };
}
