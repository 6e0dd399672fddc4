import type { PageChat } from '../../src/page/page-protocol.js';
import { element } from '../dom/element.js';
import { icon } from '../dom/icon.js';
import type { PageState } from '../state/page-state.js';
import { type Place, isIn } from '../state/place.js';
import { summaryOf } from '../text/message-summary.js';

/** The message that was pinned last; a click leads to it. */
export class PinnedBar {
  readonly root = element('button', {
    class: 'pinned-bar',
    attributes: { type: 'button', hidden: '' },
  });
  #messageId: number | undefined;

  constructor(jumpTo: (messageId: number) => void) {
    this.root.addEventListener('click', () => {
      if (this.#messageId !== undefined) jumpTo(this.#messageId);
    });
  }

  draw(place: Place, { key, pinned }: PageChat, state: PageState): void {
    const messages = pinned.flatMap((id) => state.findMessage(key, id) ?? []);
    const message = messages.findLast((candidate) => isIn(candidate, place));
    this.root.hidden = message === undefined;
    this.#messageId = message?.id;
    if (!message) return;
    this.root.replaceChildren(
      icon('pin'),
      element('strong', {}, 'Pinned message'),
      element('span', { attributes: { dir: 'auto' } }, summaryOf(message)),
    );
  }
}
