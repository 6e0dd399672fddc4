import type { InlineKeyboardButton, Message } from '@grammyjs/types';

/**
 * The callback data of a button of a message.
 *
 * @param button The text of the button, or its callback data.
 * @throws {Error} When there is no such button, or pressing it asks nothing of the bot.
 */
export function findButton(message: Message, button: string): string {
  const found = find(message, button);
  if ('disabled' in found) throw new Error(`Button "${found.text}" is disabled`);
  if (!('callback_data' in found)) {
    throw new Error(`Button "${found.text}" has no callback data, so no bot learns of its press`);
  }
  return found.callback_data;
}

/**
 * What a button of a message copies.
 *
 * @param button The text of the button.
 * @throws {Error} When there is no such button, or it copies nothing.
 */
export function findCopiedText(message: Message, button: string): string {
  const found = find(message, button);
  if ('copy_text' in found) return found.copy_text.text;
  throw new Error(`Button "${found.text}" copies nothing`);
}

function find({ message_id, reply_markup: markup }: Message, button: string): InlineKeyboardButton {
  const buttons = markup?.inline_keyboard.flat() ?? [];
  const found =
    buttons.find(({ text }) => text === button) ??
    buttons.find((one) => 'callback_data' in one && one.callback_data === button);
  if (found) return found;
  const texts = buttons.map(({ text }) => JSON.stringify(text)).join(', ') || 'none';
  throw new Error(`Message ${message_id} has no button "${button}". Its buttons: ${texts}`);
}
