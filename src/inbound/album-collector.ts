import { Injectable } from '@nestjs/common';
import type { ReplyEvent } from '../events/reply-event.interface.js';
import type { Job } from '../queue/job.interface.js';
import type { JobBatch, Pause } from '../queue/job-processor.interface.js';
import { DeskStorage } from '../storage/desk-storage.js';
import { albumIdOf } from '../updates/message-files.js';
import { Albums } from './albums.js';
import { MAX_ALBUM_FILES } from './inbound.constants.js';
import type { InboundEvent, InboundProgress } from './inbound-event.interface.js';

/** How long after a file of an album the next one may come: Telegram says nowhere which is the last. */
const WAIT_MS = 1_000;

/**
 * Puts the files of an album together, each of which comes as an update of its own, at the place of the first. Not
 * without Redis, where the webhook gets the next file only when the one before is handled.
 */
@Injectable()
export class AlbumCollector {
  readonly #isOn: boolean;

  constructor(
    private readonly albums: Albums,
    storage: DeskStorage,
  ) {
    this.#isOn = storage.isDurable;
  }

  /** @returns What to do with the first job: deliver or drop it, or ask again after a pause. */
  async check(
    batch: JobBatch<InboundEvent, InboundProgress>,
    { payload: event, progress }: Job<InboundEvent, InboundProgress>,
  ): Promise<'deliver' | 'drop' | Pause> {
    const isFile = event.type === 'reply' && albumIdOf(event.raw) !== undefined;
    if (!this.#isOn || !isFile || progress?.album) return 'deliver';
    if (await this.albums.isDone(event.raw)) return 'drop';
    const files = filesOf(batch, event);
    if (files.length < MAX_ALBUM_FILES && progress?.files !== files.length) {
      await batch.complete(0, { ...progress, files: files.length });
      return { pauseMs: WAIT_MS, keyOnly: true };
    }
    if ((await this.albums.decide(event.raw, 'customer')) === 'agents') return 'drop';
    const [, ...others] = files;
    // Marked first: until the first file has them, it collects them again, and they stay behind it.
    await Promise.all(others.map(({ raw }) => this.albums.take(raw)));
    await batch.complete(0, { ...progress, album: others });
    return { pauseMs: 0 };
  }
}

/** The files of the album of the first job. Other messages may stand between them. */
function filesOf({ jobs }: JobBatch<InboundEvent>, { raw }: ReplyEvent): ReplyEvent[] {
  const albumId = albumIdOf(raw);
  return jobs
    .map(({ payload }) => payload)
    .filter((event) => event.type === 'reply')
    .filter((event) => albumIdOf(event.raw) === albumId);
}
