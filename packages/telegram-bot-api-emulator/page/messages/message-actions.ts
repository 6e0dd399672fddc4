import type { PageActor } from '../../src/page/page-action.interface.js';
import type { PageButton, PageMessage } from '../../src/page/page-message.interface.js';
import { copyText } from '../dom/copy-text.js';
import { showDialog } from '../dom/dialog.js';
import { element } from '../dom/element.js';
import type { PageServices } from '../shell/page-services.js';
import type { ButtonAnswer } from '../state/page-state.js';
import { safeLink } from '../text/safe-link.js';

/** How long a button shows that its bot has not answered, in milliseconds: then Telegram gives up. */
const ANSWER_TIMEOUT_MS = 15_000;

/** What one does with messages. */
export class MessageActions {
  readonly #services: PageServices;
  /** Presses of this page that wait for their answers, and answers that came before their press was known. */
  readonly #presses = new Map<string, HTMLButtonElement>();
  readonly #early = new Map<string, ButtonAnswer>();

  constructor(services: PageServices) {
    this.#services = services;
    services.state.answered.add((answer) => this.#onAnswer(answer));
  }

  /** Sets the emoji as one's only reaction, or takes it away. */
  toggleReaction({ chat, id, reactions }: PageMessage, emoji: string): void {
    const as = this.actorIn(chat);
    if (!as) return;
    const own = reactions.find(({ by }) => this.isOwn(by.id, as, chat));
    const wanted = own?.emoji.includes(emoji) ? [] : [emoji];
    void this.#services.perform({ type: 'react', chat, as, messageId: id, emoji: wanted });
  }

  isOwn(id: number, as: PageActor | undefined, chat: string): boolean {
    const chatId = this.#services.state.chats.get(chat)?.id;
    return id === as?.person || (as?.anonymousTitle !== undefined && id === chatId);
  }

  pin({ chat, id }: PageMessage): void {
    const as = this.actorIn(chat);
    if (as) void this.#services.perform({ type: 'pin', chat, as, messageId: id });
  }

  dismiss({ chat, id }: PageMessage): void {
    const as = this.actorIn(chat);
    if (as) void this.#services.perform({ type: 'dismiss', chat, as, messageId: id });
  }

  async delete(messages: readonly PageMessage[]): Promise<void> {
    for (const { chat, id } of messages) {
      const as = this.actorIn(chat);
      if (!as) return;
      const done = await this.#services.perform({ type: 'delete', chat, as, messageId: id });
      if (!done) return;
    }
  }

  forward(from: PageMessage, chat: string): void {
    const as = this.actorIn(chat);
    if (!as) return;
    const source = { chat: from.chat, messageId: from.id };
    void this.#services.perform({ type: 'forward', chat, as, from: source });
  }

  press(message: PageMessage, button: PageButton, pressed: HTMLButtonElement): void {
    if (button.kind === 'copy') {
      void copyText(button.value ?? '');
      this.#services.toasts.show('Copied');
    } else void this.#pressCallback(message, button, pressed);
  }

  /** Who one is in a chat; says so when one is nobody. */
  actorIn(chat: string): PageActor | undefined {
    const actor = this.#services.session.actorIn(chat);
    if (!actor) this.#services.toasts.show('Choose who you are in this chat first', 'error');
    return actor;
  }

  async #pressCallback(
    { chat, id }: PageMessage,
    { value, text }: PageButton,
    pressed: HTMLButtonElement,
  ): Promise<void> {
    const as = this.actorIn(chat);
    if (!as) return;
    pressed.classList.add('is-waiting');
    const button = value ?? text;
    const done = await this.#services.perform({ type: 'press', chat, as, messageId: id, button });
    const pressId = done?.pressId;
    const early = pressId === undefined ? undefined : this.#early.get(pressId);
    if (pressId === undefined || early) pressed.classList.remove('is-waiting');
    if (early) this.#show(early);
    else if (pressId !== undefined) this.#await(pressId, pressed);
  }

  #await(pressId: string, pressed: HTMLButtonElement): void {
    this.#presses.set(pressId, pressed);
    window.setTimeout(() => {
      if (this.#presses.delete(pressId)) pressed.classList.remove('is-waiting');
    }, ANSWER_TIMEOUT_MS);
  }

  #onAnswer(answer: ButtonAnswer): void {
    const pressed = this.#presses.get(answer.pressId);
    if (!pressed) {
      this.#early.set(answer.pressId, answer);
      return;
    }
    this.#presses.delete(answer.pressId);
    pressed.classList.remove('is-waiting');
    this.#show(answer);
  }

  #show({ text, url, isAlert }: ButtonAnswer): void {
    const href = url === undefined ? undefined : safeLink(url);
    if (href !== undefined) {
      const attributes = { href, target: '_blank', rel: 'noopener noreferrer' };
      showDialog('The bot opens a link', element('p', {}, element('a', { attributes }, href)));
    }
    if (!text) return;
    if (!isAlert) this.#services.toasts.show(text);
    else showAlert(text);
  }
}

function showAlert(text: string): void {
  const close = element('button', { class: 'button', attributes: { type: 'button' } }, 'OK');
  const words = element('p', { attributes: { dir: 'auto' } }, text);
  const dialog = showDialog(
    'The bot says',
    words,
    element('div', { class: 'dialog-buttons' }, close),
  );
  close.addEventListener('click', () => dialog.close());
}
