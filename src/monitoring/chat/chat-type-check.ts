import { Injectable } from '@nestjs/common';
import { problemOfChat } from '../../desk/desk-problems.js';
import { failed, passed } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

/** Whether agents can answer in a chat of this type. */
@Injectable()
export class ChatTypeCheck implements DiagnosticCheck {
  readonly id = 'chat-type';
  readonly needs = ['chat'];

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    const chat = await facts.chat();
    const problem = problemOfChat(chat);
    const type = chat.type === 'private' ? 'private chat' : chat.type;
    if (!problem) return passed(`Agents can answer in a ${type}`);
    return failed({ ...problem, finding: await facts.cannotWork(problem.finding) });
  }
}
