import type { Update } from '@grammyjs/types';

/** What the desk wants to hear of. Told each time, because Telegram else keeps what was set before. */
export const ALLOWED_UPDATES = ['message'] as const satisfies ReadonlyArray<
  Exclude<keyof Update, 'update_id'>
>;
