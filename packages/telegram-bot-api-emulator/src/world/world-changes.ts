import type { ChatRoom } from './chat-room.js';

/** What has changed in the emulator. Whoever wants to know what it is now looks there. */
export type WorldChange =
  /** A message came, or was edited, deleted or reacted on. */
  | { readonly kind: 'message'; readonly room: ChatRoom; readonly messageId: number }
  /** A topic came, changed or was deleted. */
  | { readonly kind: 'topic'; readonly room: ChatRoom; readonly topicId: number }
  /** An ephemeral message came, or was edited, hidden or deleted. */
  | { readonly kind: 'ephemeral'; readonly room: ChatRoom; readonly ephemeralId: number }
  /** A chat came, or something of it changed that is neither a message nor a topic: a member, say. */
  | { readonly kind: 'chat'; readonly room: ChatRoom }
  | { readonly kind: 'person'; readonly userId: number }
  /** A bot made a call, or one of its updates came, went or was sent. */
  | { readonly kind: 'bots' }
  /** Faults were planned, met or ended. */
  | { readonly kind: 'faults' }
  | { readonly kind: 'chatAction'; readonly room: ChatRoom; readonly chatAction: ChatAction };

/** What a bot shows to be doing. */
export interface ChatAction {
  readonly botId: number;
  /** 0 for none. */
  readonly topicId: number;
  /** Such as `typing`. */
  readonly action: string;
}

/** Tells whoever listens of each change, right after it. */
export class WorldChanges {
  readonly #listeners = new Set<(change: WorldChange) => void>();

  /** Calls `listener` from now on; returns what ends it. */
  subscribe(listener: (change: WorldChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  emit(change: WorldChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
