import { Injectable } from '@nestjs/common';
import type { ThreadEvent } from '../../events/thread-event.interface.js';
import { ThreadFeeds } from '../stream/thread-feeds.js';
import { TranscriptStore } from '../transcripts/transcript-store.js';

/** How far to look back for what has happened since. */
const LOOK_BACK = 50;

/** Writes into the transcript that a thread was closed or opened again, and what the desk has to say to customers. */
@Injectable()
export class AgentEvents {
  constructor(
    private readonly store: TranscriptStore,
    private readonly feeds: ThreadFeeds,
  ) {}

  async closed(event: ThreadEvent): Promise<void> {
    await this.#change(event, 'closed');
  }

  /** A customer opens a thread by writing, which the chat has noted already. */
  async reopened(event: ThreadEvent): Promise<void> {
    if (event.agent) await this.#change(event, 'reopened');
  }

  /** The desk is closed, or the thread will be. Without a text of the app there is nothing to read. */
  async told({ threadId, id, text, at }: ThreadEvent): Promise<void> {
    if (text === undefined) return;
    const author = { kind: 'system' } as const;
    const appended = await this.store.append(threadId, { id: `s:${id}`, author, text, sentAt: at });
    if (appended) this.feeds.changed(threadId);
  }

  async #change(
    { threadId, id, agent, at }: ThreadEvent,
    event: 'closed' | 'reopened',
  ): Promise<void> {
    const appended = await this.store.append(threadId, {
      id: `s:${id}`,
      author: { kind: 'system', ...(agent && { name: agent.name }) },
      event,
      sentAt: at,
    });
    if (!appended) return;
    const { number } = appended.message;
    // Also when it is called again, because it may have failed in between.
    if (appended.isNew || !(await this.#isOutdated(threadId, number))) {
      await this.store.updateThread(threadId, { status: event === 'closed' ? 'closed' : 'open' });
    }
    await this.store.markRead(threadId, 'agents', number);
    this.feeds.changed(threadId);
  }

  /** Whether something that decides on the status stands behind an event: another event, or what a customer writes. */
  async #isOutdated(threadId: string, number: number): Promise<boolean> {
    const newest = await this.store.list(threadId, { limit: LOOK_BACK });
    return newest.some(
      (message) =>
        message.number > number &&
        (message.author.kind === 'customer' ||
          message.event === 'closed' ||
          message.event === 'reopened'),
    );
  }
}
