import { Injectable } from '@nestjs/common';
import { problemOfWriting } from '../../desk/desk-problems.js';
import { failed, passed, skipped } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

/** Whether the bot may write in the group. */
@Injectable()
export class WriteRightCheck implements DiagnosticCheck {
  readonly id = 'right-to-write';
  readonly needs = ['membership'];

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    const chat = await facts.chat();
    if (chat.type === 'private') return skipped('There are no rights in a private chat');
    const problem = problemOfWriting(chat, await facts.member());
    if (!problem) return passed('The bot may write in the chat');
    return failed({ ...problem, finding: await facts.cannotWork(problem.finding) });
  }
}
