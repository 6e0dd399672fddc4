import type { InlineKeyboardButton, Message } from '@grammyjs/types';
import type { PageButton } from './page-message.interface.js';

/** The rows of buttons below a message; undefined when it has none. */
export function createPageButtons({ reply_markup: markup }: Message): PageButton[][] | undefined {
  return markup?.inline_keyboard.map((row) => row.map(createPageButton));
}

function createPageButton(button: InlineKeyboardButton): PageButton {
  const { text, style } = button;
  const looks = { text, ...(style !== undefined && { style }) };
  if ('callback_data' in button) return { ...looks, kind: 'callback', value: button.callback_data };
  if ('url' in button) return { ...looks, kind: 'url', value: button.url };
  if ('copy_text' in button) return { ...looks, kind: 'copy', value: button.copy_text.text };
  return { ...looks, kind: 'other' };
}
