import { setTimeout } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import type { DiagnosisCheck } from '../../monitoring/diagnosis.interface.js';
import { TelegramService } from '../../telegram.service.js';
import { DiagnosisReport } from '../doctor/diagnosis-report.js';
import type { SetupSession } from './setup-session.js';

/** The ids of the checks about what somebody can change in Telegram. A group that has moved is followed anyway. */
const ABOUT_THE_CHAT =
  /^(?:chat(?!-id)|membership|administrator|anonymity|slow-mode|right-|topics|privacy-mode|reactions|bot-settings)/;

/** Between two looks, each of which asks Telegram several things. */
const INTERVAL_MS = 10_000;

/** Says what is to be changed in Telegram, and waits until it is. */
export class ChatCheckup {
  readonly #report: DiagnosisReport;
  #told = '';

  constructor(
    private readonly desk: INestApplicationContext,
    private readonly session: SetupSession,
  ) {
    this.#report = new DiagnosisReport(session.output);
  }

  /**
   * Resolves when all is well, when the time is over, or when the person at the keyboard wants to go on.
   *
   * @param endsAtMs By `performance.now()`.
   */
  async run(endsAtMs: number): Promise<void> {
    const { output, questions, signal, options } = this.session;
    // Nobody follows what is said, so nobody mends it.
    const looksOnce = !questions.areAnswered && options.chat !== undefined;
    for (;;) {
      const { checks } = await this.desk.get(TelegramService).diagnose();
      signal.throwIfAborted();
      const problems = checks.filter(isProblemOfChat);
      if (problems.length === 0) {
        output.paragraph('The chat is ready', '✓ ', 'green');
        return;
      }
      this.#tell(problems, looksOnce);
      const hasFailed = problems.some(({ status }) => status === 'failed');
      if (looksOnce || (!hasFailed && !questions.areAnswered)) return;
      if (performance.now() >= endsAtMs || (await this.#isToGoOn())) return;
    }
  }

  /** Says it once. */
  #tell(problems: readonly DiagnosisCheck[], looksOnce: boolean): void {
    const told = JSON.stringify(problems);
    if (told === this.#told) return;
    this.#told = told;
    const { output, questions } = this.session;
    for (const problem of problems) this.#report.writeCheck(problem);
    if (looksOnce) return;
    const enter = questions.areAnswered ? '; press Enter to go on without it' : '';
    output.paragraph(`Waiting until that is changed in Telegram${enter} …`);
  }

  /** Waits for a while. */
  async #isToGoOn(): Promise<boolean> {
    const { questions, signal } = this.session;
    const waiting = new AbortController();
    const isOver = AbortSignal.any([signal, waiting.signal]);
    const waited = setTimeout(INTERVAL_MS, false, { signal: isOver });
    const pressed = questions.enterPressed(waiting.signal);
    try {
      return await (questions.areAnswered ? Promise.race([waited, pressed]) : waited);
    } finally {
      waiting.abort();
    }
  }
}

function isProblemOfChat({ id, status }: DiagnosisCheck): boolean {
  return (status === 'failed' || status === 'warning') && ABOUT_THE_CHAT.test(id);
}
