import { Injectable } from '@nestjs/common';
import { AdminChat } from '../../chat/admin-chat.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { ThreadLayout } from '../../threads/thread-layout.js';
import { mayAnswer } from '../../updates/agent.js';
import type { IncomingUpdate, UpdateType } from '../../updates/incoming-update.interface.js';
import { isAdded, reactingAgent } from '../../updates/reaction-change.js';
import { ThreadChangeIntake } from '../thread-change-intake.js';
import { HANDLED, type AcceptedUpdate, type UpdateHandler } from '../update-handler.interface.js';

/** The reaction by which an agent closes a thread. Telegram has no ✅ among its reactions. */
const CLOSE_EMOJI = '👌';

/**
 * Closes the thread of a message on which an agent sets 👌. Only with `mode: 'topics'`: in other groups, whose
 * agents did not ask for it, 👌 may mean anything. Telegram reports reactions to administrators only.
 */
@Injectable()
export class ReactionHandler implements UpdateHandler {
  readonly updateTypes: readonly UpdateType[];

  constructor(
    private readonly adminChat: AdminChat,
    private readonly settings: TelegramSettings,
    private readonly layout: ThreadLayout,
    private readonly changes: ThreadChangeIntake,
  ) {
    this.updateTypes = settings.mode === 'topics' ? ['message_reaction'] : [];
  }

  async handle({ id, reaction }: IncomingUpdate): Promise<AcceptedUpdate | null> {
    if (!reaction || !this.adminChat.is(reaction.chat)) return null;
    const agent = reactingAgent(reaction);
    if (!agent || !isAdded(reaction, CLOSE_EMOJI)) return null;
    if (!mayAnswer(this.settings.agents, agent)) return null;
    // Telegram names no topic with a reaction.
    const message = { chatId: reaction.chat.id, messageId: reaction.message_id };
    const threadId = await this.layout.resolve(message, null);
    if (threadId === null) return HANDLED;
    const atMs = reaction.date * 1000;
    return this.changes.close({ updateId: id, threadId, agent, atMs, message });
  }
}
