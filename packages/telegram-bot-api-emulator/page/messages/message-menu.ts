import type { PageMessage } from '../../src/page/page-message.interface.js';
import { copyText } from '../dom/copy-text.js';
import { askFor } from '../dom/dialog.js';
import { openEmojiGrid } from '../dom/emoji-grid.js';
import { type MenuItem, type MenuRow, openMenu } from '../dom/menu.js';
import { isBy } from '../people/actors.js';
import type { PageServices } from '../shell/page-services.js';
import type { Draft } from '../state/drafts.js';
import type { Place } from '../state/place.js';
import { plainName } from '../text/plain-name.js';
import type { MessageActions } from './message-actions.js';
import type { Messages } from './message-context.js';

/** Reactions that are offered first, as far as the chat allows them. */
const COMMON_REACTIONS = ['👍', '❤', '🔥', '👏', '😁', '🤔', '👀', '🙈'];

/** What can be done with a message: shown by the right button, by a button beside it, or by Enter. */
export class MessageMenu {
  readonly #services: PageServices;
  readonly #actions: MessageActions;
  readonly #write: () => void;

  /** @param write Called when something is to be written: a reply, or another text. */
  constructor(services: PageServices, actions: MessageActions, write: () => void) {
    this.#services = services;
    this.#write = write;
    this.#actions = actions;
  }

  open(messages: Messages, place: Place, owner: HTMLElement, event?: MouseEvent): void {
    const [message] = messages;
    const row = owner.closest<HTMLElement>('.message') ?? owner;
    const at = event && event.clientX > 0 ? { x: event.clientX, y: event.clientY } : undefined;
    openMenu(row === owner || at ? row : owner, {
      label: 'Actions for this message',
      row: message.ephemeral ? undefined : this.#reactions(message, row),
      items: message.ephemeral
        ? this.#ephemeralItems(message, place)
        : this.#items(messages, place, selectedIn(row)),
      at,
    });
  }

  #reactions(message: PageMessage, row: HTMLElement): MenuRow {
    const allowed = this.#allowed(message);
    const common = COMMON_REACTIONS.filter((emoji) => allowed.includes(emoji));
    const first = (common.length > 0 ? common : allowed).slice(0, 7);
    const items = first.map((emoji) => ({
      text: emoji,
      label: `React with ${emoji}`,
      run: () => this.#actions.toggleReaction(message, emoji),
    }));
    const choose = (emoji: string): void => this.#actions.toggleReaction(message, emoji);
    const all = { label: 'All reactions', emoji: allowed, choose };
    const more = { text: '⋯', label: 'More reactions', run: () => openEmojiGrid(row, all) };
    return { label: 'React', items: [...items, more] };
  }

  #items(messages: Messages, place: Place, selected: string): readonly MenuItem[] {
    const [message] = messages;
    const { session } = this.#services;
    const captioned = messages.find(({ text }) => text) ?? message;
    const text = captioned.text?.text;
    const reply = (quote?: string): void =>
      this.#draft(place, { reply: { messageId: captioned.id, quote }, editing: undefined });
    const items: (MenuItem | false | undefined)[] = [
      replyItem(() => reply()),
      text !== undefined && this.#quoteItem(text, selected, reply),
      isBy(message, session.actorIn(message.chat)) && {
        label: 'Edit',
        icon: 'edit',
        run: () =>
          this.#draft(place, { text: text ?? '', editing: captioned.id, reply: undefined }),
      },
      text !== undefined && copyItem(text),
      { label: 'Pin', icon: 'pin', run: () => this.#actions.pin(message) },
      { label: 'Forward…', icon: 'forward', run: () => void this.#forward(message) },
      {
        label: messages.length > 1 ? 'Delete album' : 'Delete',
        icon: 'trash',
        isDangerous: true,
        run: () => void this.#actions.delete(messages),
      },
    ];
    return items.filter((item) => item !== false && item !== undefined);
  }

  /** What Telegram lets one do with what one alone sees. */
  #ephemeralItems(message: PageMessage, place: Place): readonly MenuItem[] {
    const { id, sender, text } = message;
    const reply: Partial<Draft> = { reply: { messageId: id }, editing: undefined };
    return [
      // One's own go to the bot, which has nothing to reply to there.
      ...(sender.kind === 'bot' ? [replyItem(() => this.#draft(place, reply))] : []),
      ...(text ? [copyItem(text.text)] : []),
      { label: 'Dismiss', icon: 'close', run: () => this.#actions.dismiss(message) },
    ];
  }

  #draft(place: Place, change: Partial<Draft>): void {
    this.#services.drafts.change(place, change);
    this.#write();
  }

  #quoteItem(text: string, selected: string, reply: (quote: string) => void): MenuItem {
    if (selected !== '' && text.includes(selected)) {
      return { label: 'Quote selection', icon: 'quote', run: () => reply(selected) };
    }
    return { label: 'Quote a part…', icon: 'quote', run: () => void askForPart(text, reply) };
  }

  async #forward(message: PageMessage): Promise<void> {
    const chats = [...this.#services.state.chats.values()].filter(({ gone }) => !gone);
    const names = chats.map(
      ({ title, type }, index) => `${index + 1}. ${plainName(title)} (${type})`,
    );
    const field = { name: 'chat', label: 'Forward to', choices: names };
    const chosen = await askFor({ title: 'Forward', confirm: 'Forward', fields: [field] });
    const chat = chats[names.indexOf(chosen?.['chat'] ?? '')];
    if (chat) this.#actions.forward(message, chat.key);
  }

  #allowed({ chat }: PageMessage): readonly string[] {
    const { chats, reactionEmoji } = this.#services.state;
    return chats.get(chat)?.allowedReactions ?? reactionEmoji;
  }
}

function replyItem(run: () => void): MenuItem {
  return { label: 'Reply', icon: 'reply', run };
}

function copyItem(text: string): MenuItem {
  return { label: 'Copy text', icon: 'copy', run: () => void copyText(text) };
}

async function askForPart(text: string, reply: (quote: string) => void): Promise<void> {
  const field = { name: 'part', label: 'The part as it stands in the message', value: text };
  const entered = await askFor({ title: 'Quote', confirm: 'Quote', fields: [field] });
  if (entered) reply(entered['part'] ?? '');
}

/** What is selected in the text of a message. */
function selectedIn(view: HTMLElement): string {
  const selection = getSelection();
  if (!selection || selection.isCollapsed) return '';
  const isInside = [selection.anchorNode, selection.focusNode].every((node) => {
    return node !== null && view.querySelector('.text')?.contains(node) === true;
  });
  return isInside ? selection.toString().trim() : '';
}
