import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { localTime } from '../notices/shown-time.js';
import { label } from '../notices/notice-labels.js';
import { html, joinHtml, type Html } from '../notices/html.js';
import { DeskNotices } from '../outbound/desk-notices.js';
import { TopicNamer } from '../outbound/topics/topic-namer.js';
import type { ThreadRecord } from '../threads/thread-record.interface.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';
import { linkToThread } from '../threads/thread-state.js';
import { ThreadTimers } from './thread-timers.js';

/** How many threads are named. */
const MOST_NAMED = 10;

/** Posts at each opening of the desk which conversations wait. */
@Injectable()
export class OpeningDigest {
  constructor(
    private readonly timers: ThreadTimers,
    private readonly threads: ThreadStateRepository,
    private readonly deskNotices: DeskNotices,
    private readonly names: TopicNamer,
    private readonly settings: TelegramSettings,
    private readonly clock: Clock,
  ) {}

  /**
   * Posts the digest of an opening, unless nobody waits, when its time has come.
   *
   * @returns How long to wait for it; null when it is over.
   * @throws When the store does not answer.
   */
  async post(atMs: number): Promise<number | null> {
    const { hours } = this.settings;
    const nowMs = this.clock.now();
    // The hours may be others by now.
    if (!hours?.digest || hours.clock.nextOpening(atMs - 1) !== atMs) {
      await this.timers.scheduleOpening();
      return null;
    }
    if (nowMs < atMs) return atMs - nowMs;
    await this.timers.scheduleOpening();
    // No process was there while the desk was open.
    if (!hours.clock.isOpen(nowMs)) return null;
    const text = await this.#text();
    if (text) await this.deskNotices.tell(null, `opening:${atMs}`, text);
    return null;
  }

  async #text(): Promise<Html | null> {
    const waiting = await this.#waiting();
    const count = (await this.timers.waiting?.count()) ?? 0;
    if (waiting.length === 0) return null;
    const { texts } = this.settings;
    const lines = waiting.map((record) => this.#lineOf(record));
    const more = count - waiting.length;
    if (more > 0) lines.push(texts.html('digestMore', { count: more }));
    return joinHtml(
      [texts.html('digest', { count: Math.max(count, waiting.length) }), ...lines],
      '\n',
    );
  }

  /** The records of those which have waited for longest. What does not wait any more is left out, and forgotten. */
  async #waiting(): Promise<ThreadRecord[]> {
    const records: ThreadRecord[] = [];
    for (;;) {
      const listed = (await this.timers.waiting?.oldest(MOST_NAMED)) ?? [];
      const found = await Promise.all(listed.map(({ threadId }) => this.#find(threadId)));
      records.splice(0, records.length, ...found.filter((record) => record !== null));
      if (records.length === listed.length) return records;
    }
  }

  async #find(threadId: string): Promise<ThreadRecord | null> {
    const record = await this.threads.find(threadId);
    const isWaiting = record?.waitingSinceMs !== undefined;
    if (isWaiting && (await this.timers.isHere(record))) return record;
    await this.timers.waiting?.remove(threadId);
    return null;
  }

  #lineOf(record: ThreadRecord): Html {
    const name = label(this.names.nameOf(record)) ?? record.threadId;
    const url = linkToThread(record);
    const thread = url === null ? name : html`<a href="${url}">${name}</a>`;
    const since = localTime(new Date(record.waitingSinceMs ?? 0));
    return this.settings.texts.html('digestLine', { thread, since: html`${since}` });
  }
}
