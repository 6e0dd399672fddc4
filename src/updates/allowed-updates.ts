import type { Update } from '@grammyjs/types';

/** What the desk wants to hear of. Told each time, because Telegram else keeps what was set before. */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
] as const satisfies ReadonlyArray<Exclude<keyof Update, 'update_id'>>;
