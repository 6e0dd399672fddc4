import { Injectable } from '@nestjs/common';
import type { Message } from '@grammyjs/types';
import { mentionOf } from '../../agents/claims/agent-name.js';
import { AdminChat } from '../../chat/admin-chat.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { html } from '../../notices/html.js';
import { AgentNotices } from '../../outbound/agent-notices.js';
import { ThreadLayout } from '../../threads/thread-layout.js';
import { messageRefOf } from '../../updates/message-ref-of.js';
import type { IncomingUpdate } from '../../updates/incoming-update.interface.js';
import { isAgentMessage, type AgentMessage } from '../agent-message.js';
import { topicIdOf, TopicThreads } from '../topic-threads.js';
import { HANDLED, type AcceptedUpdate, type UpdateHandler } from '../update-handler.interface.js';

/**
 * Refuses what agents answer to an ephemeral message: it is one itself, so other agents do not see it, and as it has no id
 * of its own it could not be edited, deleted or acknowledged.
 */
@Injectable()
export class EphemeralMessageHandler implements UpdateHandler {
  readonly updateTypes = ['message', 'edited_message'] as const;

  constructor(
    private readonly adminChat: AdminChat,
    private readonly notices: AgentNotices,
    private readonly layout: ThreadLayout,
    private readonly topics: TopicThreads,
    private readonly settings: TelegramSettings,
  ) {}

  async handle(update: IncomingUpdate): Promise<AcceptedUpdate | null> {
    if (!isAgentMessage(update, this.adminChat)) return null;
    const { message } = update;
    if (message.ephemeral_message_id === undefined && message.message_id !== 0) return null;
    await this.#refuse(update);
    return HANDLED;
  }

  /** Nothing else shows that it reached nobody, so all agents read it where its author cannot be told alone. */
  async #refuse({ id, message, agent }: AgentMessage): Promise<void> {
    const words = this.settings.texts.html('ephemeralReply');
    const { reply_to_message: replied, ephemeral_message_id: ephemeralMessageId } = message;
    const details = {
      threadId: replied && (await this.#threadOf(replied)),
      answer: String(html`${mentionOf(agent)}: ${words}`),
      privately: [{ agentId: agent.id, answer: String(words), ephemeralMessageId }],
    };
    const place = { ...messageRefOf(message), topicId: replied && topicIdOf(replied) };
    await this.notices.notify('command_answered', place, details, `update:${id}`);
  }

  /** Telegram does not say of an agent's ephemeral message which topic it stands in, but what it answers. */
  async #threadOf(replied: Message): Promise<string | undefined> {
    const referenced = await this.layout.resolve(messageRefOf(replied), replied.entities ?? []);
    return referenced ?? (await this.topics.threadOf(replied)) ?? undefined;
  }
}
