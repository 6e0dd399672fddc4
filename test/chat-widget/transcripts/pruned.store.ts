import { Inject, Injectable } from '@nestjs/common';
import { MemoryTranscriptStore } from '../../../src/chat-widget/transcripts/memory-transcript-store.js';
import { Clock } from '../../../src/index.js';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** The store of an app, which forgets nothing by itself. */
@Injectable()
export class PrunedStore extends MemoryTranscriptStore {
  /** The calls of {@link prune}. */
  readonly prunes: Date[] = [];
  /** The threads that are old. */
  old: string[] = [];
  /** What each call waits for. */
  wait: () => Promise<void> = () => Promise.resolve();

  constructor(@Inject(Clock) clock: Clock) {
    super(clock, { retentionMs: YEAR_MS, maxMessages: 1_000 });
  }

  override async prune(before: Date): Promise<string[]> {
    this.prunes.push(before);
    await this.wait();
    const pruned = this.old.splice(0);
    for (const threadId of pruned) await this.purgeThread(threadId);
    return pruned;
  }
}
