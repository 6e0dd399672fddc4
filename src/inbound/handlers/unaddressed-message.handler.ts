import { Injectable } from '@nestjs/common';
import { BotProfile } from '../../bot/bot-profile.js';
import { AdminChat } from '../../chat/admin-chat.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import type { NotAReplyReason } from '../../notices/notice-templates.js';
import { mayAnswer } from '../../updates/agent.js';
import { botCommandOf } from '../../updates/bot-command.js';
import type { IncomingUpdate } from '../../updates/incoming-update.interface.js';
import { messageText } from '../../updates/message-text.js';
import { isAgentMessage, type AgentMessage } from '../agent-message.js';
import { AgentNotifier, type AgentHint } from '../agent-notifier.js';
import { ReplyIntake } from '../reply-intake.js';
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
    private readonly profile: BotProfile,
    private readonly unaddressed: UnaddressedMessages,
    private readonly replies: ReplyIntake,
    private readonly notifier: AgentNotifier,
  ) {}

  async handle(update: IncomingUpdate): Promise<AcceptedUpdate | null> {
    const { kind } = update.answered;
    // People who reply to each other are talking among themselves.
    if (kind === 'notice' || kind === 'others') return null;
    if (!isAgentMessage(update, this.adminChat)) return null;
    if (!mayAnswer(this.settings.agents, update.agent)) return this.#handleStranger(update);
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
    const content = messageText(message);
    if (content === null) return null;
    const command = botCommandOf(message);
    const { botName } = command ?? {};
    if (botName && !this.profile.isNamed(botName)) return null;
    if (command) return this.#hint(update, 'not_a_reply', 'command');
    if (message.chat.type !== 'private') return this.#hint(update, 'not_a_reply', 'plain');
    const guess = await this.unaddressed.guessThread(message);
    return 'threadId' in guess
      ? this.replies.accept(update, guess.threadId, content)
      : this.#hint(update, 'not_a_reply', guess.reason);
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
