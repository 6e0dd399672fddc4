import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { ChatSettings } from '../config/chat-settings.js';
import { SignedTexts } from '../identity/signed-texts.js';

const LIFE_MS = 60 * 60 * 1000;

/** A file that a link leads to. */
export interface LinkedUpload {
  readonly uploadId: string;
  readonly expiresAt: Date;
}

/** Makes links to uploads, each of which is signed for one file and expires after an hour. */
@Injectable()
export class UploadLinks {
  readonly #texts: SignedTexts;

  constructor(
    private readonly settings: ChatSettings,
    private readonly clock: Clock,
  ) {
    this.#texts = new SignedTexts(settings.secret, 'upload');
  }

  /** The link, relative to the path of the chat. */
  pathOf(uploadId: string): string {
    return `files/${this.#texts.sign([uploadId, this.clock.now() + LIFE_MS])}`;
  }

  /** The file of a reference; null when it is forged or has expired. */
  read(reference: string): LinkedUpload | null {
    // The key of a disabled bot is known to everybody: it is derived from the token of no bot.
    if (!this.settings.isEnabled) return null;
    const [uploadId, expiresAtMs] = this.#texts.read(reference) ?? [];
    if (typeof uploadId !== 'string' || Number(expiresAtMs) <= this.clock.now()) return null;
    return { uploadId, expiresAt: new Date(Number(expiresAtMs)) };
  }
}
