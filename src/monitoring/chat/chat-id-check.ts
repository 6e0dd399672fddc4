import { Injectable } from '@nestjs/common';
import { passed, warned } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

/** Whether the options have the present id of the admin chat. */
@Injectable()
export class ChatIdCheck implements DiagnosticCheck {
  readonly id = 'chat-id';
  readonly needs = ['chat'];

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    const { id } = await facts.chat();
    const configured = facts.settings.identity?.adminChatId;
    if (typeof configured !== 'number') return passed(`The id of the chat is ${id}`);
    if (configured === id) return passed('The options have the id of the chat');
    return warned({
      finding: `The group has become a supergroup with the id ${id}; adminChatId is ${configured}`,
      why: 'The former id works while Telegram and this desk remember the new one',
      remedy: `Set adminChatId (TELEGRAM_ADMIN_CHAT_ID) to ${id}`,
    });
  }
}
