import { Injectable } from '@nestjs/common';
import { AgentRights } from '../../agents/known/agent-rights.js';
import { BotProfile } from '../../bot/bot-profile.js';
import { AdminChat } from '../../chat/admin-chat.js';
import { TopicAvailability } from '../../chat/topic-availability.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import type { NotAReplyReason } from '../../notices/notice-templates.js';
import type { IncomingUpdate } from '../../updates/incoming-update.interface.js';
import { messageIntent, type CommandIntent } from '../../updates/message-intent.js';
import { messageText } from '../../updates/message-text.js';
import { isAgentMessage, type AgentMessage } from '../agent-message.js';
import { AnsweredDesks } from '../answered-desks.js';
import { CommandIntake } from '../command-intake.js';
import { AgentNotifier, type AgentHint } from '../agent-notifier.js';
import { UnaddressedMessages } from '../unaddressed-messages.js';
import { HANDLED, type AcceptedUpdate, type UpdateHandler } from '../update-handler.interface.js';

/**
 * Handles what agents write without replying to a notice. In a private chat it goes to the thread that is
 * evidently meant; in all other cases the agent gets a hint that no customer got it.
 */
@Injectable()
export class UnaddressedMessageHandler implements UpdateHandler {
  readonly updateTypes = ['message'] as const;

  constructor(
    private readonly adminChat: AdminChat,
    private readonly settings: TelegramSettings,
    private readonly rights: AgentRights,
    private readonly profile: BotProfile,
    private readonly topics: TopicAvailability,
    private readonly unaddressed: UnaddressedMessages,
    private readonly desks: AnsweredDesks,
    private readonly commands: CommandIntake,
    private readonly notifier: AgentNotifier,
  ) {}

  async handle(update: IncomingUpdate): Promise<AcceptedUpdate | null> {
    const { kind } = update.answered;
    if (kind === 'notice' || !isAgentMessage(update, this.adminChat)) return null;
    // People who reply to each other are talking among themselves.
    if (kind === 'others' && messageIntent(update.message).kind !== 'history') return null;
    if (!(await this.rights.mayAnswer(update.agent))) return this.#handleStranger(update);
    if (kind === 'elsewhere') return this.#hint(update, 'unroutable');
    if (kind === 'post') return this.#hint(update, 'not_a_reply', 'comment');
    return this.#handlePlain(update);
  }

  /** In a group these are colleagues who talk; in a private chat people write to nobody but the desk. */
  async #handleStranger(update: AgentMessage): Promise<AcceptedUpdate | null> {
    if (update.message.chat.type !== 'private') return null;
    await this.notifier.refuse(update);
    return HANDLED;
  }

  async #handlePlain(update: AgentMessage): Promise<AcceptedUpdate | null> {
    const { message } = update;
    const isPrivate = message.chat.type === 'private';
    if (messageText(message) === null) return isPrivate ? this.#hint(update, 'unsupported') : null;
    const intent = messageIntent(message);
    // Beyond all threads, a note is what colleagues say to each other.
    if (intent.kind === 'note') return null;
    if (intent.kind !== 'answer') {
      if (intent.botName && !this.profile.isNamed(intent.botName)) return null;
      if (intent.kind === 'command') return this.#handleCommand(update, intent);
      if (intent.kind !== 'history') return this.#hint(update, 'not_a_reply', 'command');
      await this.notifier.refuseHistory(update);
      return HANDLED;
    }
    // Each thread has a topic, and this is none of them.
    const isBesideTopics = this.settings.mode === 'topics' && this.topics.isAvailable;
    if (isBesideTopics) return this.#hint(update, 'not_a_reply', 'no_thread');
    if (!isPrivate) return this.#hint(update, 'not_a_reply', 'plain');
    const guess = await this.unaddressed.guessThread(message);
    if ('reason' in guess) return this.#hint(update, 'not_a_reply', guess.reason);
    const { intake } = await this.desks.ofThread(guess.threadId, await this.desks.own());
    return intake.accept(update, guess.threadId);
  }

  /** In a private chat it is for the thread that is evidently meant. */
  async #handleCommand(update: AgentMessage, command: CommandIntent): Promise<AcceptedUpdate> {
    const answered = await this.commands.answerOutside(update, command);
    if (answered) return answered;
    const { name } = command;
    const isPrivate = update.message.chat.type === 'private';
    const isKnown = isPrivate && name !== undefined && (await this.commands.isKnown(name));
    const guess = isKnown ? await this.unaddressed.guessThread(update.message) : null;
    if (!guess) return this.#hint(update, 'not_a_reply', 'command');
    if ('reason' in guess) return this.#hint(update, 'not_a_reply', guess.reason);
    const { intake } = await this.desks.ofThread(guess.threadId, await this.desks.own());
    return intake.accept(update, guess.threadId);
  }

  async #hint(
    update: AgentMessage,
    kind: AgentHint,
    reason?: NotAReplyReason,
  ): Promise<AcceptedUpdate> {
    await this.notifier.hint(update, kind, reason);
    return HANDLED;
  }
}
