import { Injectable } from '@nestjs/common';
import type { DeletedReply } from '../../events/deleted-reply.interface.js';
import type { EditedReply } from '../../events/edited-reply.interface.js';
import type { ThreadReaction } from '../../events/thread-reaction.interface.js';
import type { ReplyTarget, ThreadReply } from '../../events/thread-reply.interface.js';
import { ThreadFeeds } from '../stream/thread-feeds.js';
import { TranscriptStore } from '../transcripts/transcript-store.js';
import type {
  TranscriptAttachment,
  TranscriptMessage,
  TranscriptReplyTarget,
} from '../transcripts/transcript.interface.js';
import { agentFileId, agentMessageId } from './message-ids.js';
import { StoredAttachments } from './stored-attachments.js';
import { ThreadGoneError } from './thread-gone.error.js';

/** How far to look back for the album that has a file. */
const LOOK_BACK = 200;

/** Writes what agents say into the transcript. Each of it may arrive twice, and changes nothing then. */
@Injectable()
export class AgentMessages {
  constructor(
    private readonly store: TranscriptStore,
    private readonly feeds: ThreadFeeds,
    private readonly attachments: StoredAttachments,
  ) {}

  /** @throws {@link ThreadGoneError} When the customer cannot read it any more. */
  async add(reply: ThreadReply): Promise<void> {
    const { threadId, message, albumId, agent, receivedAt, replyTo } = reply;
    const attachments = this.attachments.of(reply.attachments);
    const id = agentMessageId(message, albumId);
    const target = targetOf(replyTo);
    const appended = await this.store.append(threadId, {
      id,
      author: { kind: 'agent', id: String(agent.id), name: agent.name },
      ...wordsOf(reply),
      ...(attachments.length > 0 && { attachments }),
      ...(target && { replyTo: target }),
      sentAt: receivedAt,
    });
    if (!appended) throw new ThreadGoneError();
    if (!appended.isNew && albumId !== undefined) await this.#extend(reply, appended.message);
    await this.#read(threadId, appended.message.number);
    this.feeds.changed(threadId);
  }

  async edit(reply: EditedReply): Promise<void> {
    const { threadId, message, albumId, editedAt } = reply;
    const known = await this.store.find(threadId, agentMessageId(message, albumId));
    // An edit of a reply that came before the chat was there.
    if (!known || known.deletedAt) return;
    const files = this.attachments.of(reply.attachments);
    const attachments = albumId === undefined ? files : replaced(known.attachments ?? [], files);
    const { text = null, html = null } = wordsOf(reply);
    // Each file of an album has a caption of its own; the album shows one.
    const words = albumId === undefined || reply.hasText ? { text, html } : {};
    await this.store.edit(threadId, known.id, {
      ...words,
      attachments: attachments.length > 0 ? attachments : null,
      editedAt,
    });
    this.feeds.changed(threadId);
  }

  async delete({ threadId, message, albumId }: DeletedReply): Promise<void> {
    const id = agentMessageId(message, albumId);
    const known = albumId === undefined ? null : await this.store.find(threadId, id);
    const left = known?.attachments?.filter((file) => !isOf(file, agentFileId(message))) ?? [];
    await (left.length > 0
      ? this.store.edit(threadId, id, { attachments: left })
      : this.store.delete(threadId, id));
    this.feeds.changed(threadId);
  }

  async react({ threadId, message, messageId, added, removed }: ThreadReaction): Promise<void> {
    const target =
      messageId === undefined
        ? ((await this.store.find(threadId, agentMessageId(message))) ??
          (await this.#album(threadId, agentFileId(message))))
        : await this.store.find(threadId, messageId);
    if (!target) return;
    const present = target.reactions?.agents ?? [];
    const kept = present.filter((emoji) => !removed.includes(emoji) && !added.includes(emoji));
    // Telegram's own pictures and paid stars are nothing that a page can show.
    const shown = added.filter((emoji) => !/^(?:custom:|paid$)/.test(emoji));
    const agents = [...kept, ...shown];
    const reactions = { agents: agents.length > 0 ? agents : null };
    await this.store.edit(threadId, target.id, { reactions });
    await this.#read(threadId, target.number);
    this.feeds.changed(threadId);
  }

  /** Without Redis each file of an album is a reply of its own. */
  async #extend(
    { threadId, ...reply }: ThreadReply,
    { id, attachments = [], text, deletedAt }: TranscriptMessage,
  ): Promise<void> {
    if (deletedAt) return;
    const known = new Set(attachments.map((file) => file.id));
    const added = this.attachments.of(reply.attachments).filter((file) => !known.has(file.id));
    if (added.length === 0) return;
    const words = text === undefined ? wordsOf(reply) : {};
    await this.store.edit(threadId, id, { ...words, attachments: [...attachments, ...added] });
  }

  /** Telegram does not tell bots what people have read: whoever answers has. */
  async #read(threadId: string, upTo: number): Promise<void> {
    await this.store.markRead(threadId, 'agents', upTo);
  }

  async #album(threadId: string, fileId: string): Promise<TranscriptMessage | undefined> {
    const messages = await this.store.list(threadId, { limit: LOOK_BACK });
    return messages.find(({ attachments = [] }) => attachments.some((file) => isOf(file, fileId)));
  }
}

/** A description such as `[photo]` is left out beside the file. */
function wordsOf({
  hasText,
  text,
  html,
  attachments,
}: Pick<ThreadReply, 'hasText' | 'text' | 'html' | 'attachments'>): {
  readonly text?: string;
  readonly html?: string;
} {
  return hasText || attachments.length === 0 ? { text, html } : {};
}

function targetOf(target: ReplyTarget | undefined): TranscriptReplyTarget | undefined {
  if (!target) return undefined;
  const { messageId: id, quote } = target;
  return id === undefined && quote === undefined
    ? undefined
    : { ...(id !== undefined && { id }), ...(quote !== undefined && { quote }) };
}

function isOf({ id }: TranscriptAttachment, fileId: string): boolean {
  return id === fileId || id.startsWith(`${fileId}:`);
}

/** The files of an album with those that were edited in place of the former ones. */
function replaced(
  present: readonly TranscriptAttachment[],
  edited: readonly TranscriptAttachment[],
): TranscriptAttachment[] {
  return present.map((file) => edited.find(({ id }) => id === file.id) ?? file);
}
