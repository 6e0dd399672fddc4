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
 * Puts the files of an album together, each of which comes as an update of its own. Not without Redis, where the webhook
 * gets the next file only when the one before is handled.
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
    const files = filesOf(batch, event);
    if (files.length < MAX_ALBUM_FILES && progress?.files !== files.length) {
      await batch.complete(0, { ...progress, files: files.length });
      return { pauseMs: WAIT_MS, keyOnly: true };
    }
    const isForAgents = (await this.albums.decide(event.raw, 'customer')) === 'agents';
    if (isForAgents) await batch.complete(files.length - 1);
    // The last file takes the others with it, in one step, so that none is lost or handled on its own.
    else await batch.complete(files.length - 1, { album: files.slice(0, -1) });
    return isForAgents ? 'drop' : { pauseMs: 0 };
  }
}

/** The files of an album at the beginning of a batch. */
function filesOf({ jobs }: JobBatch<InboundEvent>, { raw }: ReplyEvent): ReplyEvent[] {
  const files = jobs.map(({ payload }) =>
    payload.type === 'reply' && albumIdOf(payload.raw) === albumIdOf(raw) ? payload : null,
  );
  const end = files.indexOf(null);
  return files.slice(0, end === -1 ? undefined : end).filter((file) => file !== null);
}
