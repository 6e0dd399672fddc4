import { Injectable } from '@nestjs/common';
import { MAY_NOT_DELETE } from '../../chat/topic-problems.js';
import { passed, skipped, warned } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

/** Whether the bot may delete messages, which keeps topics clean. */
@Injectable()
export class DeleteRightCheck implements DiagnosticCheck {
  readonly id = 'right-to-delete-messages';
  readonly needs = ['membership', 'topics'];

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    if (facts.settings.mode !== 'topics') return skipped("Needed with mode: 'topics' only");
    const { type } = await facts.chat();
    if (type === 'private') return skipped('There are no rights in a private chat');
    const member = await facts.member();
    const mayDelete = member.status === 'administrator' && member.can_delete_messages;
    return mayDelete ? passed('The bot may delete messages') : warned(MAY_NOT_DELETE);
  }
}
