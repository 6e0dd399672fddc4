import type { PageActor } from '../../src/page/page-action.interface.js';
import type { PageMessage } from '../../src/page/page-message.interface.js';
import { decodeActor, encodeActor } from '../people/actor-codec.js';
import { firstActor, isBy, peopleIn } from '../people/actors.js';
import { Listeners } from './listeners.js';
import type { PageState } from './page-state.js';
import { type Place, isIn, placeKey } from './place.js';
import { StoredMap } from './stored-map.js';

/** What this browser has chosen: the open place, who one is in each chat, what was read. */
export class PageSession {
  readonly changed = new Listeners();
  readonly #state: PageState;
  readonly #actors = new StoredMap<string>('actors');
  readonly #read = new StoredMap<number>('read');
  #place: Place | undefined;

  constructor(state: PageState) {
    this.#state = state;
  }

  /** The place that is shown. */
  get place(): Place | undefined {
    return this.#place;
  }

  /** Whoever one is there at first, one stays, even when others join. */
  open(place: Place): void {
    const actor = this.actorIn(place.chat);
    if (actor) this.#actors.set(place.chat, encodeActor(actor));
    this.#place = place;
    this.changed.notify();
  }

  /** Who one is in a chat; undefined while nobody is there. */
  actorIn(key: string): PageActor | undefined {
    const chat = this.#state.chats.get(key);
    if (!chat) return undefined;
    const chosen = decodeActor(this.#actors.get(key));
    const isThere = peopleIn(chat, this.#state).some(({ id }) => id === chosen?.person);
    return isThere ? chosen : firstActor(chat, this.#state);
  }

  become(actor: PageActor, chat: string): void {
    this.#actors.set(chat, encodeActor(actor));
    this.changed.notify();
  }

  /** The messages of a place as who one is sees them, the oldest first. */
  seenIn(place: Place): readonly PageMessage[] {
    const seen = this.#state.timelineOf(place.chat, this.actorIn(place.chat)?.person);
    return seen.filter((message) => isIn(message, place));
  }

  /** The messages of others that were not read yet; what one alone sees does not count. */
  unreadIn(place: Place): readonly PageMessage[] {
    const actor = decodeActor(this.#actors.get(place.chat));
    return this.#state
      .messagesOf(place.chat)
      .filter((message) => isIn(message, place) && message.id > this.#readUpTo(message))
      .filter((message) => message.service === undefined && !isBy(message, actor));
  }

  /** The messages of a place that one has written oneself, the oldest first. */
  ownIn(place: Place): readonly PageMessage[] {
    const actor = this.actorIn(place.chat);
    const messages = this.#state.messagesOf(place.chat);
    return messages.filter((message) => isIn(message, place) && isBy(message, actor));
  }

  /** Marks messages as read; where topics are shown together, each in its own. */
  markRead(messages: readonly PageMessage[]): void {
    const unread = messages.filter((message) => message.id > this.#readUpTo(message));
    for (const message of unread) this.#read.set(placeKey(message), message.id);
    if (unread.length > 0) this.changed.notify();
  }

  /** A mark beyond the last message is of an emulator that is no more. */
  #readUpTo(place: Place): number {
    const mark = this.#read.get(placeKey(place)) ?? 0;
    return mark > this.#state.highestIdIn(place.chat) ? 0 : mark;
  }
}
