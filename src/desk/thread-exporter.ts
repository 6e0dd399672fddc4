import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { ThreadHistories } from '../history/thread-histories.js';
import { OF_THREAD } from '../outbound/job-masker.js';
import { SHOWN_RATING } from '../outbound/shown/shown-notice.interface.js';
import type { ThreadMessage } from '../threads/thread-message.interface.js';
import { ThreadMessageRepository } from '../threads/thread-message.repository.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';
import { DeskDirectory } from './desk-directory.js';
import type {
  ExportedHistoryMessage,
  ExportedMessage,
  ThreadExport,
} from './thread-export.interface.js';

/** How many messages of the app's history are exported. */
const MOST_HISTORY = 1_000;

/** Collects all that the desks of a bot know of a thread. */
@Injectable()
export class ThreadExporter {
  constructor(
    private readonly threads: ThreadStateRepository,
    private readonly messages: ThreadMessageRepository,
    private readonly histories: ThreadHistories,
    private readonly desks: DeskDirectory,
    private readonly clock: Clock,
  ) {}

  /**
   * Null when no desk knows the thread.
   *
   * @throws When a store does not answer within 2 seconds.
   */
  async export(threadId: string): Promise<ThreadExport | null> {
    const record = await this.threads.find(threadId);
    const messages = await this.messages.list(threadId);
    const ids = new Set([
      ...messages.flatMap((message) => message.ids ?? []),
      OF_THREAD,
      SHOWN_RATING,
    ]);
    const parts = await Promise.all(
      (await this.desks.all()).map(({ traces }) => traces.export(threadId, ids)),
    );
    // Of its first message nothing may be posted yet.
    const lists = [messages, ...parts.flatMap((part) => Object.values(part))];
    if (!record && lists.every((list) => list.length === 0)) return null;
    return {
      threadId,
      exportedAt: new Date(this.clock.now()).toISOString(),
      record: record && JSON.parse(JSON.stringify(record)),
      messages: messages.map((message) => exportedMessage(message)),
      texts: parts.flatMap(({ texts }) => texts),
      waiting: parts.flatMap(({ waiting }) => waiting),
      deadLetters: parts.flatMap(({ deadLetters }) => deadLetters),
      failures: parts.flatMap(({ failures }) => failures),
      masked: parts.flatMap(({ masked }) => masked),
      history: await this.#historyOf(threadId),
    };
  }

  async #historyOf(threadId: string): Promise<readonly ExportedHistoryMessage[] | null> {
    if (!this.histories.has(threadId)) return null;
    const { messages = [] } = await this.histories.loadAtOnce({ threadId, limit: MOST_HISTORY });
    return messages.map((message) => ({ ...message, sentAt: message.sentAt.toISOString() }));
  }
}

function exportedMessage({ ids = [], atMs, ...message }: ThreadMessage): ExportedMessage {
  const messageIds = ids.filter((id) => id !== SHOWN_RATING);
  const at = new Date(atMs).toISOString();
  return { ...message, at, ...(messageIds.length > 0 && { messageIds }) };
}
