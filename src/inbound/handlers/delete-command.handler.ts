import { Injectable } from '@nestjs/common';
import { AgentRights } from '../../agents/known/agent-rights.js';
import type { Message } from '@grammyjs/types';
import { BotProfile } from '../../bot/bot-profile.js';
import { AdminChat } from '../../chat/admin-chat.js';
import type { Desk } from '../../desk/desk.js';
import type { NotDeletedReason } from '../../notices/notice-templates.js';
import { ThreadLayout } from '../../threads/thread-layout.js';
import { agentOf } from '../../updates/agent.js';
import { repliedMessageOf } from '../../updates/answered-message.js';
import type { IncomingUpdate } from '../../updates/incoming-update.interface.js';
import { albumIdOf } from '../../updates/message-files.js';
import { messageIntent } from '../../updates/message-intent.js';
import { messageRefOf, placedMessageOf } from '../../updates/message-ref-of.js';
import { isAgentMessage, type AgentMessage } from '../agent-message.js';
import { AgentNotifier } from '../agent-notifier.js';
import { AnsweredDesks } from '../answered-desks.js';
import { ReplyFingerprints } from '../reply-fingerprints.js';
import { HANDLED, type AcceptedUpdate, type UpdateHandler } from '../update-handler.interface.js';

/** Deletes the reply that an agent answers with `/del`, or says in words why not: a command is never met with silence. */
@Injectable()
export class DeleteCommandHandler implements UpdateHandler {
  readonly updateTypes = ['message'] as const;

  constructor(
    private readonly adminChat: AdminChat,
    private readonly rights: AgentRights,
    private readonly profile: BotProfile,
    private readonly layout: ThreadLayout,
    private readonly desks: AnsweredDesks,
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
    const replied = repliedMessageOf(update.message);
    const desk = replied && (await this.desks.ofReply(messageRefOf(replied)));
    if (!(await (desk?.rights ?? this.rights).mayAnswer(update.agent))) {
      await this.notifier.refuse(update);
      return HANDLED;
    }
    const accepted = replied && desk ? await this.#delete(update, replied, desk) : 'no_target';
    if (typeof accepted === 'object') return accepted;
    await this.notifier.refuseDeletion(
      `update:${update.id}`,
      placedMessageOf(update.message),
      accepted,
    );
    return HANDLED;
  }

  async #delete(
    update: AgentMessage,
    replied: Message,
    desk: Desk,
  ): Promise<AcceptedUpdate | NotDeletedReason> {
    if (update.answered.kind === 'notice') return 'notice';
    if (agentOf(replied)?.id !== update.agent.id) return 'not_own';
    const message = messageRefOf(replied);
    const threadId = await this.layout.resolve(message, null);
    if (threadId === null) return 'no_reply';
    const { id: updateId, agent } = update;
    const accepted = await desk.deletions.accept({
      updateId,
      threadId,
      agent,
      message,
      albumId: albumIdOf(replied),
      atMs: update.message.date * 1000,
    });
    return accepted ?? 'deleted_before';
  }
}
