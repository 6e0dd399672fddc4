import { Injectable } from '@nestjs/common';
import type { HistoryMessage, HistoryRequest } from '../../history/history-message.interface.js';
import { ChatSettings } from '../config/chat-settings.js';
import { TranscriptStore } from '../transcripts/transcript-store.js';
import type { TranscriptEvent, TranscriptMessage } from '../transcripts/transcript.interface.js';

/** What agents read of an event. */
const WORDS: Readonly<Record<TranscriptEvent, string>> = {
  closed: 'Closed',
  reopened: 'Opened again',
  rated: 'Rated',
};

/** What agents get of a transcript. */
@Injectable()
export class ChatHistory {
  constructor(
    private readonly settings: ChatSettings,
    private readonly store: TranscriptStore,
  ) {}

  /** The newest messages of a thread, the oldest of them first; null where agents get none. */
  async of({ threadId, limit }: HistoryRequest): Promise<HistoryMessage[] | null> {
    if (!this.settings.history || !(await this.store.findThread(threadId))) return null;
    const messages = await this.store.list(threadId, { limit });
    return messages.filter(({ deletedAt }) => !deletedAt).map((message) => historyOf(message));
  }
}

function historyOf(message: TranscriptMessage): HistoryMessage {
  const { id, author, text, event, attachments = [], sentAt } = message;
  const lines = [text, event && WORDS[event], ...attachments.map((file) => file.text)];
  return {
    author: author.kind,
    name: author.name,
    text: lines.filter(Boolean).join('\n'),
    sentAt,
    // Those that were posted below their topic are not shown twice.
    ...(author.kind === 'customer' && { messageId: id }),
  };
}
