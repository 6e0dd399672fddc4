import type { PageMessage } from '../../src/page/page-message.interface.js';
import { element } from '../dom/element.js';

/** The keyboard that a bot has put below the composer: a press writes the text of the button. */
export class ReplyKeyboardView {
  readonly root = element('div', {
    class: 'reply-keyboard',
    attributes: { role: 'group', 'aria-label': 'Keyboard of the bot', hidden: '' },
  });
  readonly #write: (text: string) => void;
  readonly #used = new Set<number>();
  #shownId: number | undefined;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** @returns What stands in the empty composer, if the bot says so. */
  draw(messages: readonly PageMessage[]): string | undefined {
    const message = messages.findLast(({ replyKeyboard: keyboard }) => {
      return keyboard !== undefined && keyboard.kind !== 'forceReply';
    });
    const keyboard = message?.replyKeyboard;
    const isShown = keyboard?.kind === 'keyboard' && message && !this.#used.has(message.id);
    this.root.hidden = !isShown;
    if (!isShown) this.#shownId = undefined;
    else if (this.#shownId !== message.id) this.#show(message.id, keyboard);
    return isShown ? keyboard.placeholder : undefined;
  }

  #show(
    messageId: number,
    {
      rows,
      isOneTime,
    }: { readonly rows: readonly (readonly string[])[]; readonly isOneTime: boolean },
  ): void {
    this.#shownId = messageId;
    const press = (text: string): void => {
      if (isOneTime) this.#used.add(messageId);
      this.#write(text);
    };
    const views = rows.map((row) => {
      const buttons = row.map((text) => buttonOf(text, press));
      return element('div', { class: 'keyboard-row' }, ...buttons);
    });
    this.root.replaceChildren(...views);
  }
}

function buttonOf(text: string, press: (text: string) => void): HTMLElement {
  return element(
    'button',
    { class: 'button is-plain', attributes: { type: 'button' }, on: { click: () => press(text) } },
    element('bdi', {}, text),
  );
}
