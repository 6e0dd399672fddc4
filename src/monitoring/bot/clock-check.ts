import { Injectable } from '@nestjs/common';
import { isRefusal } from '../check-failure.js';
import { passed, skipped, warned } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

/** More than the time that an answer may take. */
const MOST_SKEW_MS = 30_000;

/** Whether the clock of this machine shows the time of Telegram's. */
@Injectable()
export class ClockCheck implements DiagnosticCheck {
  readonly id = 'clock';
  readonly needs = ['telegram'];

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    try {
      await facts.bot();
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
    const { clockSkewMs } = facts;
    if (clockSkewMs === undefined) return skipped('Telegram does not say what time it is');
    const seconds = Math.round(Math.abs(clockSkewMs) / 1000);
    if (Math.abs(clockSkewMs) <= MOST_SKEW_MS) {
      return passed(`The clock differs from Telegram's by ${seconds} s`);
    }
    return warned({
      finding: `The clock of this machine is ${seconds} s ${clockSkewMs > 0 ? 'ahead of' : 'behind'} Telegram's`,
      why: 'Links to files and sessions of the chat end too early or too late, and so do opening hours',
      remedy:
        'Set the clock, and keep it right by NTP (timedatectl set-ntp true); that of a container is the clock of its host',
    });
  }
}
