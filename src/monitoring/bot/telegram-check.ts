import { Injectable } from '@nestjs/common';
import { isTransient } from '../../desk/desk-problems.js';
import { BotApiError } from '../../errors/index.js';
import { passed } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

/** Whether the Bot API answers, whatever it says of the token. */
@Injectable()
export class TelegramCheck implements DiagnosticCheck {
  readonly id = 'telegram';
  readonly needs = ['proxy'];

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    try {
      await facts.bot();
    } catch (error) {
      if (!(error instanceof BotApiError) || isTransient(error)) throw error;
    }
    return passed('Telegram answers');
  }
}
