import { Injectable } from '@nestjs/common';
import { isDenied } from '../../common/is-denied.js';
import type { ChatPermissions } from '@grammyjs/types';
import { allowedAcknowledgement } from '../../replies/acknowledgement-emoji.js';
import { passed, skipped, warned } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

const WHY = 'Agents do not see which of their replies the app has taken';

/** Whether the chat allows an emoji that acknowledges replies. */
@Injectable()
export class ReactionsCheck implements DiagnosticCheck {
  readonly id = 'reactions';
  readonly needs = ['chat-type'];

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    const { replies, reactions } = facts.settings;
    const isAcknowledged = replies.isOn && replies.receipts && reactions.taken !== null;
    if (!isAcknowledged) return skipped('Replies are not acknowledged, as the options say');
    const { type, available_reactions: allowed, permissions } = await facts.chat();
    if (type !== 'private' && (await mayNotReact(facts, permissions))) {
      return warned({
        finding: 'The bot may not react to messages in the chat',
        why: WHY,
        remedy: 'Make the bot an administrator, or let members react to messages',
      });
    }
    if (!allowed) return passed('The chat allows all reactions');
    const emoji = allowedAcknowledgement(allowed, reactions);
    if (emoji) return passed(`Replies are acknowledged with ${emoji}`);
    return warned({
      finding: 'The chat allows no reaction that could acknowledge a reply',
      why: WHY,
      remedy: 'Allow 👍 in the settings of the group, under Reactions',
    });
  }
}

/** Whether the chat, or what the bot is there, keeps it from reacting. */
async function mayNotReact(facts: DeskFacts, permissions?: ChatPermissions): Promise<boolean> {
  const member = await facts.member();
  if (member.status === 'restricted') return isDenied(member.can_react_to_messages);
  return member.status === 'member' && permissions?.can_react_to_messages === false;
}
