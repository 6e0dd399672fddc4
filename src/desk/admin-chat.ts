import { Logger } from '@nestjs/common';
import type { Chat } from '@grammyjs/types';
import { toError } from '../errors/index.js';

/** The ids of supergroups and channels are below this, those of basic groups above. */
const FIRST_SUPERGROUP_ID = -1_000_000_000_000;

/** Keeps the supergroup that a group has become. */
export interface MovedChatMemory {
  loadMovedChat(): Promise<number | null>;
  saveMovedChat(chatId: number): Promise<void>;
}

/** The Telegram chat where the desk works. Its id changes when a group becomes a supergroup. */
export class AdminChat {
  readonly #logger = new Logger(AdminChat.name);
  readonly #memory: MovedChatMemory;
  #id: number | string;

  /**
   * @param id A chat's id, or the `@username` of a public group.
   * @param memory Where a move is kept, so that a process that starts later knows of it.
   */
  constructor(id: number | string, memory: MovedChatMemory) {
    this.#id = id;
    this.#memory = memory;
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
    if (id === this.#id) return;
    this.#id = id;
    this.#logger.warn(`The admin chat has become the supergroup ${id}; set adminChatId to it`);
    this.#memory.saveMovedChat(id).catch((error: unknown) => {
      this.#logger.warn(
        `The move was not kept: ${toError(error).message}; it will be learnt again`,
      );
    });
  }

  /** Whether it is a basic group, which may become a supergroup at any time. */
  get mayMove(): boolean {
    return typeof this.#id === 'number' && this.#id < 0 && this.#id > FIRST_SUPERGROUP_ID;
  }

  /** Follows a move that this process, or another one, has seen before; whether there was one. */
  async restore(): Promise<boolean> {
    try {
      const moved = await this.#memory.loadMovedChat();
      if (moved === null || moved === this.#id) return false;
      this.#id = moved;
      return true;
    } catch (error) {
      this.#logger.warn(`Whether the admin chat has moved is not known: ${toError(error).message}`);
      return false;
    }
  }
}
