import { Injectable } from '@nestjs/common';
import { AgentIdentities } from '../../agents/known/agent-identities.js';
import { AdminChat } from '../../chat/admin-chat.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import type { Desk } from '../../desk/desk.js';
import { ThreadLayout } from '../../threads/thread-layout.js';
import type { IncomingUpdate } from '../../updates/incoming-update.interface.js';
import { changedReactions, reactingAgent } from '../../updates/reaction-change.js';
import { AnsweredDesks } from '../answered-desks.js';
import type { WantedDeletion } from '../reply-deletion-intake.js';
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
    private readonly desks: AnsweredDesks,
    private readonly identities: AgentIdentities,
  ) {}

  async handle({ id: updateId, reaction }: IncomingUpdate): Promise<AcceptedUpdate | null> {
    if (!reaction || !this.adminChat.is(reaction.chat)) return null;
    const person = reactingAgent(reaction);
    if (!person) return null;
    const agent = await this.identities.known(person);
    // Telegram names no topic with a reaction.
    const message = { chatId: reaction.chat.id, messageId: reaction.message_id };
    const desk = await this.desks.ofReply(message);
    if (!(await desk.rights.mayAnswer(agent))) return null;
    let threadId = await this.layout.resolve(message, null);
    const { added, removed } = changedReactions(reaction);
    const isDeletion = added.includes(this.settings.reactions.deleted ?? '');
    const atMs = reaction.date * 1000;
    if (threadId === null && isDeletion) {
      await desk.deletions.acceptEarly(message, agent, atMs);
      // The reply may have come meanwhile, and its turn have passed.
      threadId = await this.layout.resolve(message, null);
    }
    if (threadId === null) return isDeletion ? HANDLED : null;
    const change = { updateId, threadId, agent, message, atMs };
    const present = await this.desks.ofThread(threadId, desk);
    const isClosed = present.changes.isClosed(added) && (await present.rights.mayAnswer(agent));
    const accepted = [
      await desk.reactions.accept(change, added, removed),
      isDeletion && (await this.#delete(change, desk)),
      isClosed && (await present.changes.close(change)),
    ].filter((each) => each !== false);
    return allOf(accepted);
  }

  /** On messages of others it is a monkey. */
  async #delete(
    change: WantedDeletion,
    { authors, deletions }: Pick<Desk, 'authors' | 'deletions'>,
  ): Promise<AcceptedUpdate> {
    const { message, agent, atMs } = change;
    let author = await authors.find(message);
    if (!author) {
      // It may be a reply that is coming at this moment.
      await deletions.acceptEarly(message, agent, atMs);
      author = await authors.find(message);
    }
    if (author?.agentId !== agent.id) return HANDLED;
    return (await deletions.accept({ ...change, albumId: author.albumId })) ?? HANDLED;
  }
}

function allOf(accepted: readonly AcceptedUpdate[]): AcceptedUpdate {
  const persisted = Promise.all(accepted.map((each) => each.persisted));
  return { persisted: persisted.then(() => undefined) };
}
