import { Injectable } from '@nestjs/common';
import { allowedAcknowledgement } from '../../replies/acknowledgement-emoji.js';
import { passed, skipped, warned } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

/** Whether the chat allows an emoji that acknowledges replies. */
@Injectable()
export class ReactionsCheck implements DiagnosticCheck {
  readonly id = 'reactions';
  readonly needs = ['chat-type'];

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    const { replies, reactions } = facts.settings;
    const isAcknowledged = replies.isOn && replies.receipts && reactions.taken !== null;
    if (!isAcknowledged) return skipped('Replies are not acknowledged, as the options say');
    const { available_reactions: allowed } = await facts.chat();
    if (!allowed) return passed('The chat allows all reactions');
    const emoji = allowedAcknowledgement(allowed, reactions);
    if (emoji) return passed(`Replies are acknowledged with ${emoji}`);
    return warned({
      finding: 'The chat allows no reaction that could acknowledge a reply',
      why: 'Agents do not see which of their replies the app has taken',
      remedy: 'Allow 👍 in the settings of the group, under Reactions',
    });
  }
}
