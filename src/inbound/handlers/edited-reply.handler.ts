import { Injectable } from '@nestjs/common';
import { BotProfile } from '../../bot/bot-profile.js';
import { AdminChat } from '../../chat/admin-chat.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { ThreadLayout } from '../../threads/thread-layout.js';
import type { IncomingUpdate } from '../../updates/incoming-update.interface.js';
import { messageIntent } from '../../updates/message-intent.js';
import { placedMessageOf } from '../../updates/message-ref-of.js';
import { messageText, type MessageText } from '../../updates/message-text.js';
import { isAgentMessage, type AgentMessage } from '../agent-message.js';
import { AgentNotifier } from '../agent-notifier.js';
import { AnsweredDesks } from '../answered-desks.js';
import { AnsweredThreads } from '../answered-threads.js';
import type { ReplyEditIntake } from '../reply-edit-intake.js';
import { TopicThreads } from '../topic-threads.js';
import { HANDLED, type AcceptedUpdate, type UpdateHandler } from '../update-handler.interface.js';

/** Takes the edits by which agents visibly change their replies. */
@Injectable()
export class EditedReplyHandler implements UpdateHandler {
  readonly updateTypes = ['edited_message'] as const;

  constructor(
    private readonly adminChat: AdminChat,
    private readonly settings: TelegramSettings,
    private readonly profile: BotProfile,
    private readonly layout: ThreadLayout,
    private readonly topics: TopicThreads,
    private readonly answered: AnsweredThreads,
    private readonly desks: AnsweredDesks,
    private readonly notifier: AgentNotifier,
  ) {}

  async handle(update: IncomingUpdate): Promise<AcceptedUpdate | null> {
    if (!isAgentMessage(update, this.adminChat)) return null;
    const { message, agent } = update;
    // Telegram reports each movement of a live location as an edit.
    if (message.location) return null;
    const content = messageText(message);
    const { rights, fingerprints, edits } = await this.desks.ofEdited(update, content);
    const intent = messageIntent(message);
    const isAnswer = intent.kind === 'answer';
    const change = await fingerprints.compare(message, content);
    if (!(await rights.mayAnswer(agent))) {
      // Whoever was an agent before may think that the customer sees it.
      if (change === 'changed') await this.notifier.refuse(update);
      return null;
    }
    const isForOtherBot =
      'botName' in intent && intent.botName && !this.profile.isNamed(intent.botName);
    if (intent.kind === 'deletion' && !isForOtherBot && change !== 'same') {
      if (change === 'changed') await fingerprints.store(message, content);
      return this.#refuseDeletion(update);
    }
    if (change === 'note') return isAnswer ? this.#hintOfNote(update) : HANDLED;
    const isChangedReply =
      change === 'unknown' ? isAnswer && (await this.#isReply(update)) : change === 'changed';
    if (!isChangedReply) return null;
    const accepted = await this.#accept(update, isAnswer ? content : null, edits);
    await fingerprints.store(message, content);
    return accepted;
  }

  /** @param answer Null when it is a note or a command now. */
  async #accept(
    update: AgentMessage,
    answer: MessageText | null,
    edits: ReplyEditIntake,
  ): Promise<AcceptedUpdate> {
    if (answer) return edits.accept(update, answer);
    await this.notifier.hint(update, 'not_a_reply', 'edited_to_note');
    return HANDLED;
  }

  /** Whoever takes away the sign of a note may think that the customer gets it now. */
  async #hintOfNote(update: AgentMessage): Promise<AcceptedUpdate> {
    await this.notifier.hint(update, 'not_a_reply', 'edited_note');
    return HANDLED;
  }

  /** The message that is to be deleted is another one, or none: Telegram keeps what an edited message replies to. */
  async #refuseDeletion({ id, message }: AgentMessage): Promise<AcceptedUpdate> {
    await this.notifier.refuseDeletion(`update:${id}`, placedMessageOf(message), 'edited');
    return HANDLED;
  }

  async #isReply(update: AgentMessage): Promise<boolean> {
    const { message, answered } = update;
    const topicThreadId = await this.topics.threadOf(message);
    if (topicThreadId !== null) {
      if (this.settings.topics.replyOnly && answered.kind !== 'notice') return false;
      return (await this.answered.of(update, topicThreadId)) === topicThreadId;
    }
    if (answered.kind !== 'notice') return false;
    return (await this.layout.resolve(answered.message, answered.entities)) !== null;
  }
}
