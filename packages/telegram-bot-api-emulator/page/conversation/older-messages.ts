import type { PageServices } from '../shell/page-services.js';
import { type Place, isIn, placeKey } from '../state/place.js';

/** Loads messages that the first view of the chats has left out, when somebody looks for them. */
export class OlderMessages {
  readonly #services: PageServices;
  /** The ids of the first messages that places have. */
  readonly #firstIds = new Map<string, number>();
  #isLoading = false;

  constructor(services: PageServices) {
    this.#services = services;
  }

  async load(place: Place): Promise<void> {
    const { state, client } = this.#services;
    const first = state.messagesOf(place.chat).find((message) => isIn(message, place));
    const before = first?.id ?? state.highestIdIn(place.chat) + 1;
    const isComplete = before === this.#firstIds.get(placeKey(place));
    if (this.#isLoading || isComplete || !state.chatsWithMore.has(place.chat)) return;
    this.#isLoading = true;
    const { chat, topicId } = place;
    const older = await this.#services.attempt(() => client.older(chat, before, topicId));
    this.#isLoading = false;
    // What failed is tried again when somebody looks again.
    if (!older) return;
    if (!older.hasMore) this.#firstIds.set(placeKey(place), older.messages[0]?.id ?? before);
    state.addOlder(older.messages);
  }
}
