import type { Chat } from '@grammyjs/types';

/** The Telegram chat where the desk works. Its id changes when a group becomes a supergroup. */
export class AdminChat {
  #id: number | string;

  /** @param id A chat's id, or the `@username` of a public group. */
  constructor(id: number | string) {
    this.#id = id;
  }

  /** What to send to. */
  get id(): number | string {
    return this.#id;
  }

  /** A private chat has its user's id, which is positive; groups have negative ids. */
  get isPrivate(): boolean {
    return typeof this.#id === 'number' && this.#id > 0;
  }

  /** Whether an update's chat is this one. */
  is(chat: Chat): boolean {
    if (typeof this.#id === 'number') return chat.id === this.#id;
    const username = 'username' in chat ? chat.username : undefined;
    return `@${username}`.toLowerCase() === this.#id.toLowerCase();
  }

  /** From now on, the desk works in the supergroup that the group became. */
  moveTo(id: number): void {
    this.#id = id;
  }
}
