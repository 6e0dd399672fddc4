import { hash } from 'node:crypto';
import type { InlineKeyboardMarkup } from '@grammyjs/types';

const LENGTH = 16;

/** A digest of what a card shows, to compare it. */
export function digestOf(text: string, keyboard: InlineKeyboardMarkup | undefined): string {
  const shown = JSON.stringify([text, keyboard]);
  return hash('sha256', shown, 'base64url').slice(0, LENGTH);
}
