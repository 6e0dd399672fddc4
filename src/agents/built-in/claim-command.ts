import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../../config/telegram-settings.js';
import type { CommandEvent } from '../../events/stored-event.interface.js';
import { ThreadClaims } from '../../threads/thread-claims.js';
import type { CardState } from '../../outbound/card-keyboard.js';
import type {
  BuiltInCommand,
  CommandReply,
  PressedCommand,
  PressWords,
} from '../built-in-command.interface.js';
import { mentionOf, nameOf } from '../claims/agent-name.js';
import { argumentOf, ClaimButtons, numberOf } from '../claims/claim-buttons.js';

/** Gives a thread to whoever wants it. When another agent has it, a button asks whether it is meant. */
@Injectable()
export class ClaimCommand implements BuiltInCommand {
  readonly name = 'claim';

  constructor(
    private readonly claims: ThreadClaims,
    private readonly buttons: ClaimButtons,
    private readonly settings: TelegramSettings,
  ) {}

  /** Whoever has the thread is not asked whether they want it. */
  async press({ threadId, agent, step }: PressedCommand): Promise<PressWords | null> {
    if (step !== 'ask') return null;
    const holder = await this.claims.find(threadId);
    if (holder?.id !== agent.id) return null;
    return { words: this.settings.texts.plain('claimOwn'), isRefused: true };
  }

  /** From whom the thread is taken over. */
  questionOf({ assigneeId }: CardState): string | undefined {
    return assigneeId === undefined ? undefined : argumentOf(assigneeId);
  }

  async run(command: CommandEvent): Promise<CommandReply> {
    const { threadId, agent, message, argument } = command;
    const { texts, claims } = this.settings;
    if (!claims) return { html: texts.html('claimsOff') };
    if (agent.anonymous) {
      const keyboard = this.buttons.claim(threadId, message.chatId);
      return { html: texts.html('claimAnonymous'), keyboard };
    }
    const from = argument === undefined ? undefined : numberOf(argument);
    const former = await this.claims.find(threadId);
    const holder = await this.claims.take({ ...command, from });
    if (holder.id !== agent.id) {
      const keyboard = this.buttons.takeOver(threadId, message.chatId, holder.id);
      return { html: texts.html('claimTaken', { agent: nameOf(holder) }), keyboard };
    }
    if (!holder.isNew) return { html: texts.html('claimOwn') };
    const isOver = from !== undefined && former?.id === from;
    const values = { agent: nameOf(holder) };
    return isOver
      ? { html: texts.html('claimOver', { ...values, former: mentionOf(former) }) }
      : { html: texts.html('claimDone', values) };
  }
}
