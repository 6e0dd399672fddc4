import { Injectable } from '@nestjs/common';
import { ThreadLayout } from '../threads/thread-layout.js';
import { messageRefOf } from '../updates/message-ref-of.js';
import type { MessageText } from '../updates/message-text.js';
import type { AgentMessage } from './agent-message.js';
import { AgentNotifier } from './agent-notifier.js';
import { EventIntake } from './event-intake.js';
import { ReplyEventBuilder } from './reply-event.builder.js';
import { isDeleted, ReplyVersions } from './reply-versions.js';
import { HANDLED, type AcceptedUpdate } from './update-handler.interface.js';

/** Puts the edit of a reply into the queue of its thread. */
@Injectable()
export class ReplyEditIntake {
  constructor(
    private readonly layout: ThreadLayout,
    private readonly builder: ReplyEventBuilder,
    private readonly versions: ReplyVersions,
    private readonly intake: EventIntake,
    private readonly notifier: AgentNotifier,
  ) {}

  /**
   * Resolves when the edit has its place in the queue of the thread.
   *
   * @throws When it could not be stored.
   */
  async accept(update: AgentMessage, content: MessageText): Promise<AcceptedUpdate> {
    const { id: updateId, message: raw } = update;
    const message = messageRefOf(raw);
    const [threadId, known] = await Promise.all([
      this.layout.resolve(message, null),
      this.versions.find(message),
    ]);
    if (isDeleted(known)) {
      await this.notifier.hint(update, 'not_a_reply', 'edited_deleted');
      return HANDLED;
    }
    if (threadId === null) {
      await this.notifier.hint(update, 'reply_edited');
      return HANDLED;
    }
    const reply = await this.builder.build(update, threadId, content);
    const { text, html } = reply;
    const editedAtMs = (raw.edit_date ?? raw.date) * 1000;
    // Before the edit has its place: a reply that is handled in between is handled in this form.
    const version = await this.versions.saveEdit(message, {
      threadId,
      content: { text, html, raw },
      editedAtMs,
      updateId,
    });
    const type = 'reply.edited';
    return this.intake.enqueue(`update:${updateId}`, { ...reply, type, version, editedAtMs });
  }
}
