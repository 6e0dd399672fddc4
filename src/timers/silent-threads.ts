import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { filled } from '../config/hours-settings.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { localTime } from '../notices/shown-time.js';
import { html } from '../notices/html.js';
import { DeskNotices } from '../outbound/desk-notices.js';
import { ThreadService } from '../outbound/thread.service.js';
import { ThreadCards } from '../threads/thread-cards.js';
import { ThreadEventPublisher } from '../threads/thread-event-publisher.js';
import type { ThreadRecord } from '../threads/thread-record.interface.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';
import { ThreadTimers } from './thread-timers.js';

/** Closes threads whose customers say nothing any more after an answer, with a word before. Each may be called again. */
@Injectable()
export class SilentThreads {
  constructor(
    private readonly timers: ThreadTimers,
    private readonly threads: ThreadStateRepository,
    private readonly service: ThreadService,
    private readonly deskNotices: DeskNotices,
    private readonly cards: ThreadCards,
    private readonly publisher: ThreadEventPublisher,
    private readonly settings: TelegramSettings,
    private readonly clock: Clock,
  ) {}

  /** Agents and the app learn that the thread is going to be closed. */
  async announceEnd(threadId: string): Promise<void> {
    const record = await this.#answered(threadId);
    if (!record) return;
    const id = `closing-soon:${record.lastActivityAtMs}:${threadId}`;
    const nowMs = this.clock.now();
    const { hours, texts, reminders, locale } = this.settings;
    const { closeWarningMs } = reminders;
    const closesAtMs = hours
      ? hours.clock.addWorkingMs(nowMs, closeWarningMs)
      : nowMs + closeWarningMs;
    if (closesAtMs === null) return;
    const time = html`${localTime(new Date(closesAtMs))}`;
    await this.deskNotices.tell(threadId, id, texts.html('closingSoon', { time }));
    const timeZone = hours?.clock.timeZone ?? 'UTC';
    await this.publisher.publishTimed({
      type: 'closing-soon',
      id,
      threadId,
      text: filled(reminders.closeNotice, 'closesAt', closesAtMs, { timeZone, locale }),
      closesAtMs,
      atMs: nowMs,
    });
    // Somebody may have written meanwhile.
    const found = await this.#answered(threadId);
    if (found?.lastActivityAtMs !== record.lastActivityAtMs) return;
    await this.timers.schedule('close', threadId);
  }

  async close(threadId: string): Promise<void> {
    const record = await this.#find(threadId);
    if (record?.status === 'closed') return this.#show(threadId);
    if (record?.status !== 'answered') return;
    const { lastActivityAtMs } = record;
    const id = `closed:${lastActivityAtMs}:${threadId}`;
    // Before the thread is changed: when the process dies in between, it is closed by another one.
    const atMs = this.clock.now();
    await this.publisher.publishTimed({ type: 'closed', id, threadId, atMs });
    const { changed, isUnseen } = await this.service.closeUnlessChanged(record);
    if (changed) {
      if (isUnseen) await this.deskNotices.notifyOfThread('thread_closed', threadId, id);
      return;
    }
    // Somebody has written at this moment, unless it was closed by an agent.
    const found = await this.threads.find(threadId);
    if (found && found.status !== 'closed') {
      await this.publisher.publishReopened(threadId, lastActivityAtMs);
    }
  }

  /** The process that closed the thread may have ended before the chat showed it. */
  async #show(threadId: string): Promise<void> {
    await this.service.showStatus(threadId);
    await this.cards.refresh(threadId);
  }

  async #answered(threadId: string): Promise<ThreadRecord | null> {
    const record = await this.#find(threadId);
    return record?.status === 'answered' ? record : null;
  }

  async #find(threadId: string): Promise<ThreadRecord | null> {
    const record = await this.threads.find(threadId);
    return record && (await this.timers.isHere(record)) ? record : null;
  }
}
