import type { PageMessage } from '../../src/page/page-message.interface.js';
import type { PageChat } from '../../src/page/page-protocol.js';
import { Composer } from '../composer/composer.js';
import { element } from '../dom/element.js';
import { iconButton } from '../dom/icon-button.js';
import { viewPicture } from '../dom/picture-viewer.js';
import { ONLY_YOU } from '../messages/message-parts.js';
import { MessageActions } from '../messages/message-actions.js';
import type { MessageContext } from '../messages/message-context.js';
import { MessageList } from '../messages/message-list.js';
import { MessageMenu } from '../messages/message-menu.js';
import { isBy } from '../people/actors.js';
import type { PageServices } from '../shell/page-services.js';
import { type Place, isIn, placeKey } from '../state/place.js';
import { summaryOf } from '../text/message-summary.js';
import { plainName } from '../text/plain-name.js';
import { ChatMenu } from './chat-menu.js';
import { ConversationHeader } from './conversation-header.js';
import { acceptDrops } from './file-drop.js';
import { OlderMessages } from './older-messages.js';
import { PinnedBar } from './pinned-bar.js';
import { tagOf } from './sender-tag.js';

/** The open chat or topic: its messages, and the composer below them. */
export class Conversation {
  readonly root = element('main', {
    class: 'conversation',
    attributes: { 'aria-label': 'Conversation' },
  });
  readonly #services: PageServices;
  readonly #actions: MessageActions;
  readonly #menu: MessageMenu;
  readonly #header: ConversationHeader;
  readonly #pinned = new PinnedBar((messageId) => this.#list.reveal(messageId));
  readonly #list = new MessageList();
  readonly #older: OlderMessages;
  readonly #composer: Composer;
  readonly #toEnd = iconButton('down', 'To the newest message', () => this.#list.toEnd());
  readonly #empty = element('p', { class: 'empty' }, 'Choose a chat to see its messages');
  #drawnKey: string | undefined;
  #unread: { readonly firstId: number; readonly count: number } | undefined;

  /** @param before What stands before the name of the chat, and after it. */
  constructor(
    services: PageServices,
    before: readonly HTMLElement[],
    after: readonly HTMLElement[],
  ) {
    this.#services = services;
    this.#actions = new MessageActions(services);
    this.#menu = new MessageMenu(services, this.#actions, () => this.#composer.focus());
    this.#header = new ConversationHeader(services, new ChatMenu(services), before, after);
    this.#composer = new Composer(services);
    this.#older = new OlderMessages(services);
    this.#toEnd.classList.add('to-end');
    const { root } = this.#list;
    root.addEventListener('scroll', () => this.#onScroll());
    root.addEventListener('keydown', ({ key }) => key === 'Escape' && this.#composer.focus());
    document.addEventListener('visibilitychange', () => this.#markRead());
    const content = element('div', { class: 'message-area' }, root, this.#toEnd);
    this.root.append(
      this.#header.root,
      this.#pinned.root,
      content,
      this.#composer.root,
      this.#empty,
    );
    acceptDrops(this.root, (files) => this.#composer.addFiles(files));
    services.state.arrived.add((message) => this.#onArrival(message));
  }

  focusComposer(): void {
    this.#composer.focus();
  }

  draw(): void {
    const { state, session } = this.#services;
    const { place } = session;
    const chat = place && state.chats.get(place.chat);
    this.root.classList.toggle('is-empty', chat === undefined);
    this.root.dataset['place'] = place && placeKey(place);
    if (!place || !chat) return;
    const topic =
      place.topicId === undefined ? undefined : state.findTopic(chat.key, place.topicId);
    const isOther = this.#drawnKey !== placeKey(place);
    if (isOther) this.#begin(place);
    this.#header.draw(place, chat, topic);
    this.#pinned.draw(place, chat, state);
    this.#composer.draw(place, chat);
    const messages = session.seenIn(place);
    const view = JSON.stringify([session.actorIn(chat.key), place]);
    this.#list.draw({ messages, unread: this.#unread, view }, this.#contextOf(place, chat));
    if (isOther) this.#list.toEnd();
    if (isOther && this.#unread) this.#list.revealUnread();
    this.#onScroll();
  }

  /** Another place is shown from now on. */
  #begin(place: Place): void {
    this.#drawnKey = placeKey(place);
    const unread = this.#services.session.unreadIn(place);
    const first = unread[0];
    this.#unread = first && { firstId: first.id, count: unread.length };
  }

  #contextOf(place: Place, chat: PageChat): MessageContext {
    const { state, session } = this.#services;
    const actor = session.actorIn(chat.key);
    return {
      actor,
      now: state.now,
      namesSenders: chat.type !== 'private',
      tagOf: (message) => tagOf(message, place, chat, state),
      isPinned: ({ id }) => chat.pinned.includes(id),
      isOwnReaction: (id) => this.#actions.isOwn(id, actor, chat.key),
      openMenu: (messages, owner, event) => this.#menu.open(messages, place, owner, event),
      openPicture: viewPicture,
      runCommand: (command) => void this.#composer.write(command),
      toggleReaction: (message, emoji) => this.#actions.toggleReaction(message, emoji),
      press: (message, button, pressed) => this.#actions.press(message, button, pressed),
      jumpTo: (key, messageId) => this.#jumpTo(key, messageId),
    };
  }

  #jumpTo(key: string, messageId: number): void {
    if (key === this.#services.session.place?.chat && this.#list.reveal(messageId)) return;
    const message = this.#services.state.findMessage(key, messageId);
    if (!message) {
      this.#services.toasts.show('The message is not here any more');
      return;
    }
    this.#services.session.open({ chat: key, topicId: message.topicId });
    this.draw();
    this.#list.reveal(messageId);
  }

  #onScroll(): void {
    this.#toEnd.hidden = this.#list.isAtEnd;
    this.#markRead();
    const { place } = this.#services.session;
    if (place && this.#list.root.scrollTop < 200) void this.#older.load(place);
  }

  #markRead(): void {
    const { state, session } = this.#services;
    const { place } = session;
    if (!place || document.visibilityState !== 'visible') return;
    const { isAtEnd, lastSeenId } = this.#list;
    const messages = state.messagesOf(place.chat).filter((message) => isIn(message, place));
    session.markRead(messages.filter(({ id }) => isAtEnd || id <= lastSeenId));
  }

  /** What comes into the open place is read out. */
  #onArrival(message: PageMessage): void {
    const { session, announcer, drafts } = this.#services;
    const { place } = session;
    if (!place || !isIn(message, place)) return;
    const actor = session.actorIn(place.chat);
    if (message.ephemeral && message.ephemeral.person !== actor?.person) return;
    const isOwn = isBy(message, actor);
    if (isOwn) {
      this.#unread = undefined;
      this.#list.goesToEnd = true;
    } else announcer.say(`${announcedName(message)}: ${summaryOf(message)}`);
    if (message.replyKeyboard?.kind === 'forceReply' && !isOwn) {
      drafts.change(place, { reply: { messageId: message.id } });
    }
  }
}

function announcedName({ sender, ephemeral }: PageMessage): string {
  const name = plainName(sender.name);
  return ephemeral ? `${name}, ${ONLY_YOU}` : name;
}
