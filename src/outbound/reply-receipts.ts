import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../config/telegram-settings.js';
import {
  HandledReplies,
  isSameMessage,
  receiptOn,
  type HandledReply,
} from '../threads/handled-replies.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { ReplyReceipt, ThreadReadJob } from './jobs/customer-signal-job.interface.js';

/** Knows which receipt each reply has. Every method throws when the store does not answer within 2 seconds. */
@Injectable()
export class ReplyReceipts {
  constructor(
    private readonly replies: HandledReplies,
    private readonly settings: TelegramSettings,
  ) {}

  /** The newest reply that the customer has read; null when it shows that already, or none is known. */
  async newlyRead(job: ThreadReadJob): Promise<HandledReply | null> {
    const { threadId } = job;
    const [replies, last] = await Promise.all([
      this.replies.list(threadId),
      this.replies.lastRead(threadId),
    ]);
    const newest = replies.findLast((reply) => isRead(job, reply));
    if (!newest) return null;
    // One that is deleted shows nothing any more.
    const isLastThere = replies.some(({ message }) => last && isSameMessage(message, last.message));
    return last && isLastThere && !isLater(newest, last) ? null : newest;
  }

  /** What a reply shows unless the customer reacts to it; undefined when that is not known. */
  async of(threadId: string, message: MessageRef): Promise<ReplyReceipt | undefined> {
    const [replies, last] = await Promise.all([
      this.replies.list(threadId),
      this.replies.lastRead(threadId),
    ]);
    const reply = replies.find((each) => isSameMessage(receiptOn(each), message));
    if (!reply) return undefined;
    if (last && isSameMessage(reply.message, last.message) && !isLater(reply, last)) return 'read';
    return this.settings.replies.receipts ? 'taken' : undefined;
  }
}

function isRead({ reply, atMs }: ThreadReadJob, { message, sentAtMs }: HandledReply): boolean {
  if (atMs !== undefined && sentAtMs > atMs) return false;
  // The ids of the messages of a chat grow.
  return !reply || (reply.chatId === message.chatId && message.messageId <= reply.messageId);
}

/** Whether a reply is newer than another one, or than it was: by an edit, or by a file that was deleted. */
function isLater(one: HandledReply, other: HandledReply): boolean {
  if (isSameMessage(one.message, other.message)) {
    const isEdited = (one.version ?? 0) > (other.version ?? 0);
    return isEdited || !isSameMessage(receiptOn(one), receiptOn(other));
  }
  const isSameChat = one.message.chatId === other.message.chatId;
  return isSameChat
    ? one.message.messageId > other.message.messageId
    : one.sentAtMs > other.sentAtMs;
}
