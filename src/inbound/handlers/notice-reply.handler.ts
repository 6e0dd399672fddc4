import { Injectable } from '@nestjs/common';
import { AdminChat } from '../../chat/admin-chat.js';
import { ThreadLayout } from '../../threads/thread-layout.js';
import type { IncomingUpdate } from '../../updates/incoming-update.interface.js';
import { isAgentMessage } from '../agent-message.js';
import { AgentNotifier } from '../agent-notifier.js';
import { AnsweredDesks } from '../answered-desks.js';
import { HANDLED, type AcceptedUpdate, type UpdateHandler } from '../update-handler.interface.js';

/** Accepts what agents write in reply to a notice, also to one of another desk, which takes it; so does the present desk of a thread that has moved. */
@Injectable()
export class NoticeReplyHandler implements UpdateHandler {
  readonly updateTypes = ['message'] as const;

  constructor(
    private readonly adminChat: AdminChat,
    private readonly layout: ThreadLayout,
    private readonly desks: AnsweredDesks,
    private readonly notifier: AgentNotifier,
  ) {}

  async handle(update: IncomingUpdate): Promise<AcceptedUpdate | null> {
    const { answered } = update;
    if (answered.kind !== 'notice' || !isAgentMessage(update, this.adminChat)) return null;
    const threadId = await this.layout.resolve(answered.message, answered.entities);
    const answeredDesk = await this.desks.of(update);
    const { rights, intake } =
      threadId === null ? answeredDesk : await this.desks.ofThread(threadId, answeredDesk);
    if (!(await rights.mayAnswer(update.agent))) {
      await this.notifier.refuse(update);
      return HANDLED;
    }
    if (threadId === null) {
      await this.notifier.hint(update, 'unroutable');
      return HANDLED;
    }
    return intake.accept(update, threadId);
  }
}
