import { Injectable } from '@nestjs/common';
import { BotProfile } from '../../bot/bot-profile.js';
import { AdminChat } from '../../chat/admin-chat.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import type { NotDeletedReason } from '../../notices/notice-templates.js';
import { ThreadLayout } from '../../threads/thread-layout.js';
import { agentOf, mayAnswer } from '../../updates/agent.js';
import { repliedMessageOf } from '../../updates/answered-message.js';
import type { IncomingUpdate } from '../../updates/incoming-update.interface.js';
import { messageIntent } from '../../updates/message-intent.js';
import { messageRefOf } from '../../updates/message-ref-of.js';
import { isAgentMessage, type AgentMessage } from '../agent-message.js';
import { AgentNotifier } from '../agent-notifier.js';
import { ReplyDeletionIntake } from '../reply-deletion-intake.js';
import { ReplyFingerprints } from '../reply-fingerprints.js';
import { HANDLED, type AcceptedUpdate, type UpdateHandler } from '../update-handler.interface.js';

/** Deletes the reply that an agent answers with `/del`, or says in words why not: a command is never met with silence. */
@Injectable()
export class DeleteCommandHandler implements UpdateHandler {
  readonly updateTypes = ['message'] as const;

  constructor(
    private readonly adminChat: AdminChat,
    private readonly settings: TelegramSettings,
    private readonly profile: BotProfile,
    private readonly layout: ThreadLayout,
    private readonly intake: ReplyDeletionIntake,
    private readonly fingerprints: ReplyFingerprints,
    private readonly notifier: AgentNotifier,
  ) {}

  async handle(update: IncomingUpdate): Promise<AcceptedUpdate | null> {
    if (!isAgentMessage(update, this.adminChat)) return null;
    const intent = messageIntent(update.message);
    if (intent.kind !== 'deletion') return null;
    if (intent.botName && !this.profile.isNamed(intent.botName)) return null;
    // An edit makes no answer of it.
    await this.fingerprints.storeNote(update.message);
    if (!mayAnswer(this.settings.agents, update.agent)) {
      await this.notifier.refuse(update);
      return HANDLED;
    }
    const accepted = await this.#delete(update);
    if (typeof accepted === 'object') return accepted;
    await this.notifier.refuseDeletion(
      `update:${update.id}`,
      messageRefOf(update.message),
      accepted,
    );
    return HANDLED;
  }

  async #delete(update: AgentMessage): Promise<AcceptedUpdate | NotDeletedReason> {
    if (update.answered.kind === 'notice') return 'notice';
    const replied = repliedMessageOf(update.message);
    if (!replied) return 'no_target';
    if (agentOf(replied)?.id !== update.agent.id) return 'not_own';
    const message = messageRefOf(replied);
    const threadId = await this.layout.resolve(message, null);
    if (threadId === null) return 'no_reply';
    const { id: updateId, agent } = update;
    const atMs = update.message.date * 1000;
    const accepted = await this.intake.accept({ updateId, threadId, agent, message, atMs });
    return accepted ?? 'deleted_before';
  }
}
