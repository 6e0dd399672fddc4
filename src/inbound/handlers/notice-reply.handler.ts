import { Injectable } from '@nestjs/common';
import { AdminChat } from '../../chat/admin-chat.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { ThreadLayout } from '../../threads/thread-layout.js';
import { mayAnswer } from '../../updates/agent.js';
import type { IncomingUpdate } from '../../updates/incoming-update.interface.js';
import { isAgentMessage } from '../agent-message.js';
import { AgentNotifier } from '../agent-notifier.js';
import { ThreadMessageIntake } from '../thread-message-intake.js';
import { HANDLED, type AcceptedUpdate, type UpdateHandler } from '../update-handler.interface.js';

/** Accepts what agents write in reply to a notice. */
@Injectable()
export class NoticeReplyHandler implements UpdateHandler {
  readonly updateTypes = ['message'] as const;

  constructor(
    private readonly adminChat: AdminChat,
    private readonly settings: TelegramSettings,
    private readonly layout: ThreadLayout,
    private readonly intake: ThreadMessageIntake,
    private readonly notifier: AgentNotifier,
  ) {}

  async handle(update: IncomingUpdate): Promise<AcceptedUpdate | null> {
    const { answered } = update;
    if (answered.kind !== 'notice' || !isAgentMessage(update, this.adminChat)) return null;
    const { agent } = update;
    if (!mayAnswer(this.settings.agents, agent)) {
      await this.notifier.refuse(update);
      return HANDLED;
    }
    const threadId = await this.layout.resolve(answered.message, answered.entities);
    if (threadId === null) {
      await this.notifier.hint(update, 'unroutable');
      return HANDLED;
    }
    return this.intake.accept(update, threadId);
  }
}
