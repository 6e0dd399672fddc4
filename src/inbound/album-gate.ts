import { Injectable } from '@nestjs/common';
import type { Job } from '../queue/job.interface.js';
import type { JobBatch, Pause } from '../queue/job-processor.interface.js';
import { DeskStorage } from '../storage/desk-storage.js';
import { Albums, needsAlbum } from './albums.js';
import type { InboundEvent, InboundProgress } from './inbound-event.interface.js';

/** How long the first file of an album waits for a caption, which may come with a later one. */
const WAIT_MS = 1_000;

/**
 * Holds back files that may turn out to be for agents only: Telegram shows the caption of some albums at their last
 * file. Not without Redis, where the webhook gets the next file only when the one before is handled.
 */
@Injectable()
export class AlbumGate {
  readonly #isOn: boolean;

  constructor(
    private readonly albums: Albums,
    storage: DeskStorage,
  ) {
    this.#isOn = storage.isDurable;
  }

  /** @returns What to do with the event: deliver or drop it, or ask again after a pause. */
  async check(
    batch: JobBatch<InboundEvent, InboundProgress>,
    { payload: event, progress }: Job<InboundEvent, InboundProgress>,
  ): Promise<'deliver' | 'drop' | Pause> {
    if (!this.#isOn || event.type !== 'reply' || !needsAlbum(event.raw)) return 'deliver';
    const known = await this.albums.audienceOf(event.raw);
    if (!known && !progress?.hasWaited) {
      await batch.complete(0, { ...progress, hasWaited: true });
      return { pauseMs: WAIT_MS, keyOnly: true };
    }
    const audience = known ?? (await this.albums.decide(event.raw, 'customer'));
    return audience === 'customer' ? 'deliver' : 'drop';
  }
}
