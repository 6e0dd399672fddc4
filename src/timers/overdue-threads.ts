import { Injectable } from '@nestjs/common';
import { AgentDuty } from '../agents/known/agent-duty.js';
import { Clock } from '../common/clock.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { DeskEvents } from '../desk/desk-events.js';
import { html, joinHtml, type Html } from '../notices/html.js';
import { DeskNotices } from '../outbound/desk-notices.js';
import { ThreadSync } from '../outbound/thread-sync.js';
import { ThreadCards } from '../threads/thread-cards.js';
import { ThreadEventPublisher } from '../threads/thread-event-publisher.js';
import type { ThreadRecord } from '../threads/thread-record.interface.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';
import { ThreadTimers } from './thread-timers.js';

/** Telegram notifies no more people of one message. */
const MOST_MENTIONS = 5;

/** Reminds of customers who wait too long: by the icon, by a message, and by an event of the app. Each may be called again. */
@Injectable()
export class OverdueThreads {
  constructor(
    private readonly timers: ThreadTimers,
    private readonly threads: ThreadStateRepository,
    private readonly deskNotices: DeskNotices,
    private readonly sync: ThreadSync,
    private readonly cards: ThreadCards,
    private readonly duty: AgentDuty,
    private readonly publisher: ThreadEventPublisher,
    private readonly events: DeskEvents,
    private readonly settings: TelegramSettings,
    private readonly clock: Clock,
  ) {}

  /** The topic and the card of a thread show that its customer waits too long. */
  async mark(threadId: string): Promise<void> {
    const record = await this.#waiting(threadId);
    if (!record) return;
    const { waitingSinceMs } = record;
    if (record.overdueSinceMs === undefined) {
      const overdueSinceMs = this.clock.now();
      const expected = { waitingSinceMs, overdueSinceMs: undefined };
      if (!(await this.threads.updateIf(threadId, expected, { overdueSinceMs }))) {
        return this.mark(threadId);
      }
      const { desk } = this.settings;
      this.events.emit('threadOverdue', { threadId, desk });
    }
    if (record.topic) await this.sync.syncTopic(threadId);
    await this.cards.refresh(threadId);
    await this.timers.schedule('mention', threadId);
  }

  /** A message names the agent who has the thread. */
  async mention(threadId: string): Promise<void> {
    const record = await this.#waiting(threadId);
    if (record?.overdueSinceMs === undefined) return;
    const id = `overdue:${threadId}:${record.waitingSinceMs}`;
    await this.deskNotices.tell(threadId, id, await this.#textOf(record));
    await this.timers.schedule('overdue', threadId);
  }

  /** The app learns of it. */
  async publish(threadId: string): Promise<void> {
    const record = await this.#waiting(threadId);
    if (record?.overdueSinceMs === undefined) return;
    const { waitingSinceMs } = record;
    await this.publisher.publishTimed({
      type: 'overdue',
      id: `overdue:${waitingSinceMs}:${threadId}`,
      threadId,
      waitingSinceMs,
      atMs: this.clock.now(),
    });
  }

  async #waiting(threadId: string): Promise<ThreadRecord | null> {
    const record = await this.threads.find(threadId);
    if (record?.waitingSinceMs === undefined) return null;
    return (await this.timers.isHere(record)) ? record : null;
  }

  async #textOf({ assigneeId, assigneeName }: ThreadRecord): Promise<Html> {
    const { texts } = this.settings;
    if (assigneeId !== undefined) {
      const agent = mentionOf(assigneeId, assigneeName ?? texts.plain('agent'));
      return texts.html('overdueAssigned', { agent });
    }
    const all = (await this.#others()).slice(0, MOST_MENTIONS).map((id) => mentionOf(id, '🔔'));
    const text = texts.html('overdueUnassigned');
    return all.length > 0 ? html`${text} ${joinHtml(all, '')}` : text;
  }

  /** Those on duty, else the agents; whoever is in the chat besides is notified of the message itself. */
  async #others(): Promise<number[]> {
    const { desk, agents } = this.settings;
    const onDuty = (await this.duty.list(desk)).map(({ agent }) => agent.id);
    if (onDuty.length > 0 || agents === null || typeof agents === 'function') return onDuty;
    // The group's own id, for anonymous administrators, is nobody's.
    return [...agents].filter((id) => id > 0);
  }
}

/** Telegram notifies a member of the group whose id it is. */
function mentionOf(userId: number, name: string): Html {
  return html`<a href="tg://user?id=${userId}">${name}</a>`;
}
