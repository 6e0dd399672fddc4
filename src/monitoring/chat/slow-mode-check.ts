import { Injectable } from '@nestjs/common';
import { passed, skipped, warned } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

/** Whether slow mode delays the bot. */
@Injectable()
export class SlowModeCheck implements DiagnosticCheck {
  readonly id = 'slow-mode';
  readonly needs = ['membership'];

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    const { type, slow_mode_delay: seconds = 0 } = await facts.chat();
    if (type !== 'supergroup') return skipped('Only supergroups have slow mode');
    if (seconds === 0) return passed('Slow mode is off');
    const { status } = await facts.member();
    if (status === 'administrator') {
      return passed(
        `Slow mode does not apply to the bot, which is an administrator. Agents who are none may write once in ${seconds} s`,
      );
    }
    return warned({
      finding: `In slow mode the bot, which is no administrator, may write once in ${seconds} s`,
      why: 'Notices arrive late',
      remedy: 'Make the bot an administrator, or turn slow mode off in the settings of the group',
    });
  }
}
