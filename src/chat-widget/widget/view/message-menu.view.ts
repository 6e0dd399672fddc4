import type { MessageView } from '../../api/views.interface.js';
import type { Locale } from '../locales/locale.js';
import { button, h } from './dom.js';

/** Some of those that Telegram lets a bot set. */
const EMOJI = ['👍', '❤', '🔥', '🎉', '😁', '🤔', '👎'];

export interface MenuActions {
  onReply(message: MessageView): void;
  onEdit(message: MessageView): void;
  onDelete(message: MessageView): void;
  /** With `null`, takes the reaction back. */
  onReact(message: MessageView, emoji: string | null): void;
}

/** What a customer can do with a message. Deleting takes a second press. */
export function renderMenu(
  message: MessageView,
  locale: Locale,
  actions: MenuActions,
  close: () => void,
): HTMLElement {
  const { words } = locale;
  const done = (action: () => void) => (): void => {
    close();
    action();
  };
  const remove = button({ class: 'danger' }, words.delete);
  remove.addEventListener('click', () => {
    if (remove.textContent === words.confirm) done(() => actions.onDelete(message))();
    else remove.textContent = words.confirm;
  });
  const reply = button({ onclick: done(() => actions.onReply(message)) }, words.reply);
  const edit = button({ onclick: done(() => actions.onEdit(message)) }, words.edit);
  const emoji = EMOJI.map((text) => {
    const isSet = message.reactions?.customer === text;
    const onclick = done(() => actions.onReact(message, isSet ? null : text));
    return button({ class: 'emoji', 'aria-pressed': String(isSet), onclick }, text);
  });
  return h(
    'div',
    { class: 'menu', role: 'group', 'aria-label': words.actions },
    !message.mine && h('div', { role: 'group', 'aria-label': words.react }, ...emoji),
    reply,
    message.mine && Boolean(message.text) && edit,
    message.mine && remove,
  );
}
