import type { PageMessage } from '../../src/page/page-message.interface.js';
import { element } from '../dom/element.js';
import { icon } from '../dom/icon.js';
import { iconButton } from '../dom/icon-button.js';
import type { Draft } from '../state/drafts.js';
import { summaryOf } from '../text/message-summary.js';
import { plainName } from '../text/plain-name.js';

/** What the next message replies to, quotes or replaces. */
export class ReplyBar {
  readonly root = element('div', { class: 'reply-bar', attributes: { hidden: '' } });
  readonly #cancel: () => void;

  constructor(cancel: () => void) {
    this.#cancel = cancel;
  }

  /** @param message The one that is replied to or edited; undefined as well when it is gone. */
  draw({ editing, reply }: Draft, message: PageMessage | undefined): void {
    const text = message ? summaryOf(message) : '';
    const name = plainName(message?.sender.name ?? '');
    if (editing !== undefined) this.#show('edit', 'Edit message', text);
    else if (reply?.quote !== undefined) this.#show('quote', `Quote of ${name}`, reply.quote);
    else if (reply) this.#show('reply', `Reply to ${name}`, text);
    else {
      this.root.hidden = true;
      this.root.replaceChildren();
    }
  }

  #show(kind: 'edit' | 'quote' | 'reply', title: string, text: string): void {
    if (!this.root.hidden && this.root.dataset['shown'] === `${title} ${text}`) return;
    this.root.dataset['shown'] = `${title} ${text}`;
    this.root.hidden = false;
    this.root.replaceChildren(
      icon(kind),
      element(
        'div',
        { class: 'reply-bar-words' },
        element('strong', {}, title),
        element('span', { attributes: { dir: 'auto' } }, text),
      ),
      iconButton('close', kind === 'edit' ? 'Cancel editing' : 'Cancel reply', this.#cancel),
    );
  }
}
