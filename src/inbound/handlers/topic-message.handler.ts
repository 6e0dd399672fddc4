import { Injectable } from '@nestjs/common';
import { BotProfile } from '../../bot/bot-profile.js';
import { AdminChat } from '../../chat/admin-chat.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import type { IncomingUpdate } from '../../updates/incoming-update.interface.js';
import { messageIntent } from '../../updates/message-intent.js';
import { isAgentMessage, type AgentMessage } from '../agent-message.js';
import { AgentNotifier } from '../agent-notifier.js';
import { AnsweredDesks } from '../answered-desks.js';
import { AnsweredThreads } from '../answered-threads.js';
import { TopicThreads } from '../topic-threads.js';
import { HANDLED, type AcceptedUpdate, type UpdateHandler } from '../update-handler.interface.js';

/** Accepts what agents write in the topic of a thread, whether or not it replies to something. The desk that has the thread by now takes it. */
@Injectable()
export class TopicMessageHandler implements UpdateHandler {
  readonly updateTypes = ['message'] as const;

  constructor(
    private readonly adminChat: AdminChat,
    private readonly settings: TelegramSettings,
    private readonly profile: BotProfile,
    private readonly answered: AnsweredThreads,
    private readonly topics: TopicThreads,
    private readonly desks: AnsweredDesks,
    private readonly notifier: AgentNotifier,
  ) {}

  async handle(update: IncomingUpdate): Promise<AcceptedUpdate | null> {
    if (!isAgentMessage(update, this.adminChat)) return null;
    const threadId = await this.topics.threadOf(update.message);
    if (threadId === null) return null;
    const { rights, intake } = await this.desks.ofThread(threadId, await this.desks.own());
    if (!(await rights.mayAnswer(update.agent))) return this.#refuse(update);
    const answeredThreadId = await this.answered.of(update, threadId);
    if (answeredThreadId === null) {
      await this.notifier.hint(update, 'unroutable');
      return HANDLED;
    }
    if (answeredThreadId !== threadId) {
      await this.notifier.hint(update, 'not_a_reply', 'two_threads');
      return HANDLED;
    }
    const isNote = this.settings.topics.replyOnly && update.answered.kind !== 'notice';
    const isPlain = messageIntent(update.message).kind === 'answer';
    return isNote && isPlain
      ? intake.acceptNote(update, threadId)
      : intake.accept(update, threadId);
  }

  /** Notes are for agents, but whoever is none may talk to them. */
  async #refuse(update: AgentMessage): Promise<AcceptedUpdate> {
    const intent = messageIntent(update.message);
    const isForOtherBot =
      'botName' in intent && intent.botName && !this.profile.isNamed(intent.botName);
    if (intent.kind !== 'note' && !isForOtherBot) await this.notifier.refuse(update);
    return HANDLED;
  }
}
