import { Injectable } from '@nestjs/common';
import type { InlineKeyboardMarkup } from '@grammyjs/types';
import type { Notice } from '../notices/notice.interface.js';
import type { Post } from '../threads/thread-layout.js';
import { CardKeyboard } from './card-keyboard.js';
import { isCardJob } from './cards/card-job.js';
import { FailureKeyboard } from './failures/failure-keyboard.js';
import type { NoticeJob } from './jobs/outbound-job.interface.js';

/** Gives notices their buttons. */
@Injectable()
export class NoticeKeyboards {
  constructor(
    private readonly cards: CardKeyboard,
    private readonly failures: FailureKeyboard,
  ) {}

  /**
   * The buttons of a card, of a note of what has failed, and of what else an agent is told; none for other notices, and for an album, with which
   * Telegram takes none.
   *
   * @param jobs Those that it shows.
   */
  of(
    { files }: Notice,
    { threadId, isCard }: Post,
    jobs: readonly NoticeJob[],
  ): InlineKeyboardMarkup | undefined {
    const [first] = jobs;
    if (first?.type === 'agent.notified') {
      const { failure, keyboard } = first;
      return failure?.isOpen ? this.failures.of(threadId ?? '', failure.jobId) : keyboard;
    }
    if (!isCard || threadId === undefined || files.length > 1) return undefined;
    return this.cards.of(threadId, jobs.find(isCardJob)?.card);
  }
}
