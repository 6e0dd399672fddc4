import { Injectable } from '@nestjs/common';
import { problemOfRefusal } from '../../desk/desk-problems.js';
import { isRefusal } from '../check-failure.js';
import { failed, passed } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

/** Whether the token is that of a bot. */
@Injectable()
export class TokenCheck implements DiagnosticCheck {
  readonly id = 'token';
  readonly needs = ['telegram'];

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    try {
      await facts.bot();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return failed(problemOfRefusal(error, facts.adminChat.id));
    }
    return passed(`The token is that of ${await facts.nameOfBot()}`);
  }
}
