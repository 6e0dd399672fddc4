import { Injectable } from '@nestjs/common';
import type { Html } from '../notices/html.js';
import { AgentNotices } from '../outbound/agent-notices.js';
import { Snippets } from '../snippets/snippets.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';
import { albumIdOf } from '../updates/message-files.js';
import type { CommandIntent } from '../updates/message-intent.js';
import { placedMessageOf } from '../updates/message-ref-of.js';
import type { AgentMessage } from './agent-message.js';
import { ReplyIntake } from './reply-intake.js';
import { HANDLED, type AcceptedUpdate } from './update-handler.interface.js';

/** Turns `/s hello` into a reply with the text of the snippet, and has agents see what the customer gets. */
@Injectable()
export class SnippetIntake {
  constructor(
    private readonly snippets: Snippets,
    private readonly threads: ThreadStateRepository,
    private readonly replies: ReplyIntake,
    private readonly notices: AgentNotices,
  ) {}

  /**
   * Resolves when the reply has its place in the queue of its thread.
   *
   * @returns Null when the message sends no snippet.
   * @throws When it could not be stored.
   */
  async accept(
    update: AgentMessage,
    threadId: string,
    { name, text }: CommandIntent,
  ): Promise<AcceptedUpdate | null> {
    if (name !== 's' || albumIdOf(update.message) !== undefined) return null;
    const record = await this.threads.find(threadId);
    const filled = this.snippets.fill(text.trim(), threadId, record, update.agent);
    if (!filled) return null;
    if ('missing' in filled) {
      await this.#answer(update, threadId, this.snippets.incomplete(filled.missing));
      return HANDLED;
    }
    const content = { text: filled.text, entities: [] };
    const accepted = await this.replies.accept(update, threadId, content);
    // Who has the thread was said to the agent instead.
    if (accepted.outcome === 'refuse') return accepted;
    const answer = this.snippets.sent(filled.text, accepted.outcome === 'hold');
    await this.#answer(update, threadId, answer);
    return accepted;
  }

  async #answer({ id, message }: AgentMessage, threadId: string, answer: Html): Promise<void> {
    const details = { threadId, command: 's', answer: String(answer) };
    const target = placedMessageOf(message);
    await this.notices.notify('command_answered', target, details, `update:${id}`);
  }
}
