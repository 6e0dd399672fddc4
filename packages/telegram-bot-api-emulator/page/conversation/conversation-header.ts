import type { PageChat, PageTopic } from '../../src/page/page-protocol.js';
import { topicSign } from '../chats/chat-row.js';
import { element } from '../dom/element.js';
import { iconButton } from '../dom/icon-button.js';
import { avatar } from '../messages/message-parts.js';
import { botActionText } from '../people/bot-action-text.js';
import type { PageServices } from '../shell/page-services.js';
import type { Place } from '../state/place.js';
import { plainName } from '../text/plain-name.js';
import type { ChatMenu } from './chat-menu.js';

/** The name of the open place, what is going on there, and what can be done with it. */
export class ConversationHeader {
  readonly root: HTMLElement;
  readonly #services: PageServices;
  readonly #sign = element('span', { class: 'header-sign' });
  readonly #title = element('h1', { attributes: { dir: 'auto' } });
  readonly #subtitle = element('p', { class: 'subtitle' });
  #place: Place | undefined;
  #drawn = '';

  constructor(
    services: PageServices,
    menu: ChatMenu,
    before: readonly HTMLElement[],
    after: readonly HTMLElement[],
  ) {
    this.#services = services;
    const more = iconButton('more', 'Chat and topic', () => {
      if (this.#place) menu.open(this.#place, more);
    });
    more.setAttribute('aria-haspopup', 'menu');
    const words = element('div', { class: 'header-words' }, this.#title, this.#subtitle);
    this.root = element(
      'header',
      { class: 'conversation-header' },
      ...before,
      this.#sign,
      words,
      ...after,
      more,
    );
  }

  draw(place: Place, chat: PageChat, topic: PageTopic | undefined): void {
    this.#place = place;
    const subtitle = this.#subtitleOf(place, chat, topic);
    const drawn = JSON.stringify([chat.id, chat.title, topic, subtitle]);
    if (this.#drawn === drawn) return;
    this.#drawn = drawn;
    const title = plainName(topic?.name ?? chat.title);
    this.#title.textContent = title;
    this.#subtitle.textContent = subtitle;
    this.#subtitle.classList.toggle(
      'is-typing',
      this.#services.state.botActions.in(place) !== undefined,
    );
    this.#sign.replaceChildren(topic ? topicSign(topic) : avatar(title, chat.id));
  }

  #subtitleOf(place: Place, chat: PageChat, topic: PageTopic | undefined): string {
    const { botActions, bots } = this.#services.state;
    const action = botActions.in(place);
    if (action) return botActionText(plainName(bots.get(action.bot)?.name ?? ''), action.action);
    if (topic) return [plainName(chat.title), ...(topic.isClosed ? ['closed'] : [])].join(', ');
    if (chat.gone) return chat.gone.reason === 'upgraded' ? 'became a supergroup' : 'deleted';
    if (chat.type === 'private') return 'private chat';
    const count = chat.members.filter(({ status }) => !['left', 'kicked'].includes(status)).length;
    const kind = chat.isForum ? 'forum' : chat.type;
    return `${kind}, ${count === 1 ? '1 member' : `${count} members`}`;
  }
}
