import { Injectable } from '@nestjs/common';
import type { Message } from '@grammyjs/types';
import { LastNoticeRepository } from '../threads/last-notice.repository.js';
import { PurgedThreads } from '../threads/purged-threads.js';

/** An agent who writes so soon after a notice may not have seen it yet, and may mean the one before. */
const UNSEEN_SECONDS = 60;

/** The thread that is meant, or why that is not clear. */
export type ThreadGuess =
  { readonly threadId: string } | { readonly reason: 'ambiguous' | 'unknown' };

/** Finds the thread of what an agent writes in a private desk without replying to a notice. */
@Injectable()
export class UnaddressedMessages {
  constructor(
    private readonly notices: LastNoticeRepository,
    private readonly purged: PurgedThreads,
  ) {}

  /**
   * The thread of the newest notice above the message, if that has been the newest thread for a minute:
   * an answer that goes to the wrong customer is worse than one that has to be sent again.
   *
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   */
  async guessThread({ message_id: messageId, date }: Message): Promise<ThreadGuess> {
    const recent = await this.notices.recent();
    // In a private chat ids grow in the order of the messages, those of the bot included.
    const above = recent
      .filter((notice) => notice.messageId < messageId)
      .toSorted((a, b) => b.messageId - a.messageId);
    const [newest] = above;
    if (!newest || (await this.purged.has(newest.threadId))) return { reason: 'unknown' };
    const firstSeen = above.findIndex((notice) => notice.date < date - UNSEEN_SECONDS);
    // Also the newest one that was there before that minute.
    const possible = firstSeen < 0 ? above : above.slice(0, firstSeen + 1);
    const isClear = possible.every(({ threadId }) => threadId === newest.threadId);
    return isClear ? { threadId: newest.threadId } : { reason: 'ambiguous' };
  }
}
