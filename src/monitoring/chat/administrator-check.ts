import { Injectable } from '@nestjs/common';
import { passed, skipped, warned } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

/** Whether the bot may tell one agent something, which only administrators may at any time. */
@Injectable()
export class AdministratorCheck implements DiagnosticCheck {
  readonly id = 'administrator';
  readonly needs = ['right-to-write'];

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    if (!facts.settings.replies.isOn) {
      return skipped('This process takes no replies, as the options say');
    }
    const { type } = await facts.chat();
    if (type === 'private') return skipped('In a private chat there is only one agent');
    const { status } = await facts.member();
    if (status === 'administrator') return passed('The bot is an administrator');
    const bot = await facts.bot();
    const { can_read_all_group_messages: readsAll } = bot;
    if (readsAll === undefined) return skipped('Telegram does not say whether privacy mode is on');
    if (!readsAll) {
      return skipped('The remedy of the check "privacy-mode" makes the bot an administrator');
    }
    return warned({
      finding: 'The bot is no administrator of the chat',
      why: 'What one agent is to read alone is posted for all, and /reveal shows nothing',
      remedy: 'Make the bot an administrator',
    });
  }
}
