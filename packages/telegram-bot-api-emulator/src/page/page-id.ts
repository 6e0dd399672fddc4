import type { Message } from '@grammyjs/types';

/** The id that names a message for the page; see `PageMessage.id`. */
export function pageIdOf({ ephemeral_message_id: ephemeralId, message_id: id }: Message): number {
  return ephemeralId === undefined ? id : -ephemeralId;
}
