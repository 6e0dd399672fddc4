import { Injectable } from '@nestjs/common';
import { problemOfMembership } from '../../desk/desk-problems.js';
import { failed, passed, skipped } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

/** Whether the bot is in the chat: anybody finds a public group. */
@Injectable()
export class MembershipCheck implements DiagnosticCheck {
  readonly id = 'membership';
  readonly needs = ['chat-type'];

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    const { type } = await facts.chat();
    if (type === 'private') {
      return skipped('In a private chat Telegram does not say whether the agent blocks the bot');
    }
    const member = await facts.member();
    const problem = problemOfMembership(member);
    if (!problem) return passed(`In the chat the bot is: ${member.status}`);
    return failed({ ...problem, finding: await facts.cannotWork(problem.finding) });
  }
}
