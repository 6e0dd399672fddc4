import { Inject, Injectable, type Type } from '@nestjs/common';
import { DEFAULT_BOT } from '../../config/default-options.js';
import type { DeletedReply } from '../../events/deleted-reply.interface.js';
import type { EditedReply } from '../../events/edited-reply.interface.js';
import { OnReplyDeleted } from '../../events/on-reply-deleted.decorator.js';
import { OnReplyEdited } from '../../events/on-reply-edited.decorator.js';
import { OnThreadEvent } from '../../events/on-thread-event.decorator.js';
import { OnThreadReaction } from '../../events/on-thread-reaction.decorator.js';
import { OnThreadReply } from '../../events/on-thread-reply.decorator.js';
import type { ThreadEvent } from '../../events/thread-event.interface.js';
import type { ThreadReaction } from '../../events/thread-reaction.interface.js';
import type { ThreadReply } from '../../events/thread-reply.interface.js';
import { LoadAttachment } from '../../files/load-attachment.decorator.js';
import type { HistoryMessage, HistoryRequest } from '../../history/history-message.interface.js';
import { LoadHistory } from '../../history/load-history.decorator.js';
import { CHAT_THREADS } from '../chat.constants.js';
import { uploadIdIn, Uploads } from '../uploads/uploads.js';
import { ThreadOrder } from '../thread-order.js';
import { AgentEvents } from './agent-events.js';
import { AgentMessages } from './agent-messages.js';
import { ChatHistory } from './chat-history.js';

/** The handlers of the chat of one bot: what agents do in its threads goes into the transcript. */
export function createAgentHandlers(bot = DEFAULT_BOT): Type {
  const own = { threads: CHAT_THREADS, bot };

  @Injectable()
  class SupportChatHandlers {
    constructor(
      @Inject(AgentMessages) private readonly messages: AgentMessages,
      @Inject(AgentEvents) private readonly events: AgentEvents,
      @Inject(ThreadOrder) private readonly order: ThreadOrder,
      @Inject(Uploads) private readonly uploads: Uploads,
      @Inject(ChatHistory) private readonly histories: ChatHistory,
    ) {}

    @OnThreadReply(own)
    async add(reply: ThreadReply): Promise<void> {
      await this.order.behind(reply.threadId, () => this.messages.add(reply));
    }

    @OnReplyEdited(own)
    async edit(reply: EditedReply): Promise<void> {
      await this.order.behind(reply.threadId, () => this.messages.edit(reply));
    }

    @OnReplyDeleted(own)
    async delete(reply: DeletedReply): Promise<void> {
      await this.order.behind(reply.threadId, () => this.messages.delete(reply));
    }

    @OnThreadReaction(own)
    async react(reaction: ThreadReaction): Promise<void> {
      await this.order.behind(reaction.threadId, () => this.messages.react(reaction));
    }

    @OnThreadEvent('closed', own)
    async close(event: ThreadEvent): Promise<void> {
      await this.order.behind(event.threadId, () => this.events.closed(event));
    }

    @OnThreadEvent('reopened', own)
    async reopen(event: ThreadEvent): Promise<void> {
      await this.order.behind(event.threadId, () => this.events.reopened(event));
    }

    @OnThreadEvent('outside-hours', own)
    @OnThreadEvent('closing-soon', own)
    async tell(event: ThreadEvent): Promise<void> {
      await this.order.behind(event.threadId, () => this.events.told(event));
    }

    @LoadHistory(own)
    history(request: HistoryRequest): Promise<HistoryMessage[] | null> {
      return this.histories.of(request);
    }

    @LoadAttachment({ bot })
    load(id: string): Promise<Buffer | null> {
      const uploadId = uploadIdIn(id);
      return uploadId === undefined ? Promise.resolve(null) : this.uploads.load(uploadId);
    }
  }

  // The name is that of the handlers in every process: each bot has its own.
  const suffix = bot === DEFAULT_BOT ? '' : `:${bot}`;
  Object.defineProperty(SupportChatHandlers, 'name', { value: `SupportChatHandlers${suffix}` });
  return SupportChatHandlers;
}
