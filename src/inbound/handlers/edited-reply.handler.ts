import { Injectable } from '@nestjs/common';
import { AdminChat } from '../../chat/admin-chat.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { ThreadLayout } from '../../threads/thread-layout.js';
import { mayAnswer } from '../../updates/agent.js';
import type { IncomingUpdate } from '../../updates/incoming-update.interface.js';
import { messageText } from '../../updates/message-text.js';
import { isAgentMessage, type AgentMessage } from '../agent-message.js';
import { AgentNotifier } from '../agent-notifier.js';
import { ReplyFingerprints } from '../reply-fingerprints.js';
import { HANDLED, type AcceptedUpdate, type UpdateHandler } from '../update-handler.interface.js';

/** Says that edits do not reach the customer, when an agent has visibly changed a reply. */
@Injectable()
export class EditedReplyHandler implements UpdateHandler {
  readonly updateTypes = ['edited_message'] as const;

  constructor(
    private readonly adminChat: AdminChat,
    private readonly settings: TelegramSettings,
    private readonly layout: ThreadLayout,
    private readonly fingerprints: ReplyFingerprints,
    private readonly notifier: AgentNotifier,
  ) {}

  async handle(update: IncomingUpdate): Promise<AcceptedUpdate | null> {
    if (!isAgentMessage(update, this.adminChat)) return null;
    const { message, agent } = update;
    // Telegram reports each movement of a live location as an edit.
    if (message.location || !mayAnswer(this.settings.agents, agent)) return null;
    const content = messageText(message);
    const change = await this.fingerprints.compare(message, content);
    const isChangedReply =
      change === 'unknown' ? await this.#isReply(update) : change === 'changed';
    if (!isChangedReply) return null;
    await this.notifier.hint(update, 'reply_edited');
    await this.fingerprints.store(message, content);
    return HANDLED;
  }

  async #isReply({ answered }: AgentMessage): Promise<boolean> {
    if (answered.kind !== 'notice') return false;
    return (await this.layout.resolve(answered.message, answered.entities)) !== null;
  }
}
