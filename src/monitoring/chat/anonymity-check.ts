import { Injectable } from '@nestjs/common';
import { passed, skipped, warned } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

/** Whether the bot posts in its own name. */
@Injectable()
export class AnonymityCheck implements DiagnosticCheck {
  readonly id = 'anonymity';
  readonly needs = ['membership'];

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    const { type } = await facts.chat();
    if (type === 'private') return skipped('Only administrators of groups are anonymous');
    const member = await facts.member();
    const isAnonymous = member.status === 'administrator' && member.is_anonymous;
    if (!isAnonymous) return passed('The bot posts in its own name');
    return warned({
      finding: 'The bot is an anonymous administrator, so that it posts in the name of the group',
      why: 'The desk knows the messages of the bot by their author',
      remedy: 'Turn "Remain anonymous" off among the rights of the bot',
    });
  }
}
