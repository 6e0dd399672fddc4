import { Injectable } from '@nestjs/common';
import { AdminChat } from '../../chat/admin-chat.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { ThreadLayout } from '../../threads/thread-layout.js';
import { mayAnswer } from '../../updates/agent.js';
import type { IncomingUpdate } from '../../updates/incoming-update.interface.js';
import { changedReactions, reactingAgent } from '../../updates/reaction-change.js';
import { ReactionIntake } from '../reaction-intake.js';
import { ReplyAuthors } from '../reply-authors.js';
import { ReplyDeletionIntake, type WantedDeletion } from '../reply-deletion-intake.js';
import { ThreadChangeIntake } from '../thread-change-intake.js';
import { HANDLED, type AcceptedUpdate, type UpdateHandler } from '../update-handler.interface.js';

/**
 * Takes what agents change of their reactions to messages of threads. 🙈 deletes a reply of their own, and 👌 closes the
 * thread. Telegram reports reactions to administrators only.
 */
@Injectable()
export class ReactionHandler implements UpdateHandler {
  readonly updateTypes = ['message_reaction'] as const;

  constructor(
    private readonly adminChat: AdminChat,
    private readonly settings: TelegramSettings,
    private readonly layout: ThreadLayout,
    private readonly authors: ReplyAuthors,
    private readonly intake: ReactionIntake,
    private readonly deletions: ReplyDeletionIntake,
    private readonly changes: ThreadChangeIntake,
  ) {}

  async handle({ id: updateId, reaction }: IncomingUpdate): Promise<AcceptedUpdate | null> {
    if (!reaction || !this.adminChat.is(reaction.chat)) return null;
    const agent = reactingAgent(reaction);
    if (!agent || !mayAnswer(this.settings.agents, agent)) return null;
    // Telegram names no topic with a reaction.
    const message = { chatId: reaction.chat.id, messageId: reaction.message_id };
    const threadId = await this.layout.resolve(message, null);
    const { added, removed } = changedReactions(reaction);
    const isDeletion = added.includes(this.settings.reactions.deleted ?? '');
    const atMs = reaction.date * 1000;
    if (threadId === null) {
      if (isDeletion) await this.deletions.acceptEarly(message, agent, atMs);
      return isDeletion ? HANDLED : null;
    }
    const change = { updateId, threadId, agent, message, atMs };
    const accepted = [
      await this.intake.accept(change, added, removed),
      isDeletion && (await this.#delete(change)),
      added.includes(this.#close) && (await this.changes.close(change)),
    ].filter((each) => each !== false);
    return allOf(accepted);
  }

  /** In other groups, whose agents did not ask for it, the emoji may mean anything. */
  get #close(): string {
    const { mode, reactions } = this.settings;
    return (mode === 'topics' ? reactions.close : null) ?? '';
  }

  /** On messages of others it is a monkey. */
  async #delete(change: WantedDeletion): Promise<AcceptedUpdate> {
    const { message, agent } = change;
    if (!(await this.authors.isBy(message, agent))) return HANDLED;
    return (await this.deletions.accept(change)) ?? HANDLED;
  }
}

function allOf(accepted: readonly AcceptedUpdate[]): AcceptedUpdate {
  const persisted = Promise.all(accepted.map((each) => each.persisted));
  return { persisted: persisted.then(() => undefined) };
}
