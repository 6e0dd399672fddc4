import type { UploadSettings } from '../config/chat-settings.js';

/** How long uploads are kept, in milliseconds. */
export interface UploadLives {
  /** Until they are sent. */
  readonly unsentMs: number;
  /** After they were sent. */
  readonly sentMs: number;
}

/** How long a customer may take to send what is uploaded. */
const UNSENT_MS = 60 * 60 * 1000;

/** @param settings Null when customers may send no files. */
export function uploadLivesOf(settings: Pick<UploadSettings, 'keepSeconds'> | null): UploadLives {
  const sentMs = (settings?.keepSeconds ?? 1) * 1000;
  return { unsentMs: Math.min(UNSENT_MS, sentMs), sentMs };
}
