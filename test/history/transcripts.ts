import { Injectable } from '@nestjs/common';
import { LoadHistory, type HistoryMessage, type HistoryRequest } from '../../src/index.js';

const FIRST = Date.UTC(2026, 10, 29, 17, 5, 30);

/** The app's side of a test: keeps messages of threads. */
@Injectable()
export class Transcripts {
  readonly requests: HistoryRequest[] = [];
  readonly #threads = new Map<string, HistoryMessage[]>();
  /** What is returned in place of what was kept. */
  answer: ((request: HistoryRequest) => unknown) | undefined;

  /** Keeps a message, a minute after the one before. */
  add(threadId: string, message: Partial<HistoryMessage> & Pick<HistoryMessage, 'text'>): void {
    const messages = this.#threads.get(threadId) ?? [];
    const sentAt = new Date(FIRST + messages.length * 60_000);
    this.#threads.set(threadId, [...messages, { author: 'customer', sentAt, ...message }]);
  }

  @LoadHistory({ threads: (threadId) => !threadId.startsWith('other') })
  async load(request: HistoryRequest): Promise<unknown> {
    this.requests.push(request);
    if (this.answer) return this.answer(request);
    return this.#threads.get(request.threadId)?.slice(-request.limit) ?? null;
  }
}
