import { Injectable } from '@nestjs/common';
import {
  OnReplyDeleted,
  OnReplyEdited,
  OnThreadReaction,
  OnThreadReply,
  type DeletedReply,
  type EditedReply,
  type ThreadReaction,
  type ThreadReply,
} from '../../src/index.js';

/** The app's side of a test: takes replies and what becomes of them, and fails where the test says so. */
@Injectable()
export class RevisionLog {
  /** What the app was called with, in order: a reply as its text, an edit after ✏, a deletion after 🗑. */
  readonly lines: string[] = [];
  readonly replies: ThreadReply[] = [];
  readonly edits: EditedReply[] = [];
  readonly deletions: DeletedReply[] = [];
  readonly reactions: ThreadReaction[] = [];
  /** Runs before a line is taken. */
  before: (line: string) => Promise<void> | void = () => undefined;

  @OnThreadReply()
  async onReply(reply: ThreadReply): Promise<void> {
    await this.#take(reply.text);
    this.replies.push(reply);
  }

  @OnReplyEdited()
  async onEdit(reply: EditedReply): Promise<void> {
    await this.#take(`✏ ${reply.text}`);
    this.edits.push(reply);
  }

  @OnReplyDeleted()
  async onDeletion(deleted: DeletedReply): Promise<void> {
    await this.#take(`🗑 ${deleted.message.messageId}`);
    this.deletions.push(deleted);
  }

  @OnThreadReaction()
  async onReaction(reaction: ThreadReaction): Promise<void> {
    await this.before(reaction.id);
    this.reactions.push(reaction);
  }

  async #take(line: string): Promise<void> {
    await this.before(line);
    this.lines.push(line);
  }
}
