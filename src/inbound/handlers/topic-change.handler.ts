import { Injectable } from '@nestjs/common';
import { AgentIdentities } from '../../agents/known/agent-identities.js';
import type { Message } from '@grammyjs/types';
import { AdminChat } from '../../chat/admin-chat.js';
import { BotToken } from '../../secrets/bot-token.js';
import { ThreadStateRepository } from '../../threads/thread-state.repository.js';
import { UnboundTopics } from '../../threads/unbound-topics.js';
import { agentOf } from '../../updates/agent.js';
import type { IncomingUpdate } from '../../updates/incoming-update.interface.js';
import { messageRefOf } from '../../updates/message-ref-of.js';
import { ServiceMessageCleaner } from '../service-message-cleaner.js';
import { ThreadChangeIntake } from '../thread-change-intake.js';
import { TopicThreads, topicIdOf } from '../topic-threads.js';
import { HANDLED, type AcceptedUpdate, type UpdateHandler } from '../update-handler.interface.js';

/**
 * Follows what happens to topics. What people do to the topic of a thread changes the thread, unless it has another
 * one by now; the bot hears of its own changes too, whose service messages it deletes.
 */
@Injectable()
export class TopicChangeHandler implements UpdateHandler {
  readonly updateTypes = ['message'] as const;

  constructor(
    private readonly adminChat: AdminChat,
    private readonly token: BotToken,
    private readonly topics: TopicThreads,
    private readonly unbound: UnboundTopics,
    private readonly threads: ThreadStateRepository,
    private readonly changes: ThreadChangeIntake,
    private readonly cleaner: ServiceMessageCleaner,
    private readonly identities: AgentIdentities,
  ) {}

  async handle(update: IncomingUpdate): Promise<AcceptedUpdate | null> {
    const { message } = update;
    if (!message || !this.adminChat.is(message.chat)) return null;
    const topicId = topicIdOf(message);
    if (topicId === undefined || !isTopicChange(message)) return null;
    if (message.from?.id === this.token.botId) return this.#handleOwn(message, topicId);
    return this.#handleForeign(update, message, topicId);
  }

  async #handleOwn(message: Message, topicId: number): Promise<AcceptedUpdate> {
    const { chat, forum_topic_created: created } = message;
    if (!created) this.cleaner.delete(message);
    // A process that has lost the answer of Telegram finds the topic by its name.
    else if (created.name) await this.unbound.add(created.name, { chatId: chat.id, topicId });
    return HANDLED;
  }

  async #handleForeign(
    { id }: IncomingUpdate,
    message: Message,
    topicId: number,
  ): Promise<AcceptedUpdate> {
    const { forum_topic_created: created, forum_topic_edited: edited } = message;
    const threadId = created ? null : await this.topics.currentThreadOf(message);
    if (threadId === null) return HANDLED;
    const topic = { chatId: message.chat.id, topicId };
    if (edited) {
      if (edited.name) await this.threads.changeTopic(threadId, topic, { name: edited.name });
      return HANDLED;
    }
    const isClosed = message.forum_topic_closed !== undefined;
    await this.threads.changeTopic(threadId, topic, { isClosed });
    const serviceMessage = messageRefOf(message);
    const atMs = message.date * 1000;
    const agent = agentOf(message);
    const change = {
      updateId: id,
      threadId,
      agent: agent && (await this.identities.known(agent)),
      atMs,
      serviceMessage,
    };
    return isClosed ? this.changes.close(change) : this.changes.reopen(change);
  }
}

function isTopicChange(message: Message): boolean {
  return (
    message.forum_topic_created !== undefined ||
    message.forum_topic_edited !== undefined ||
    message.forum_topic_closed !== undefined ||
    message.forum_topic_reopened !== undefined
  );
}
