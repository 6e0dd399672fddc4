import type { ErrorDescriber } from '../errors/index.js';
import { SafeLogger } from '../common/safe-logger.js';

/** The ids of supergroups and channels are below this, those of basic groups above. */
const FIRST_SUPERGROUP_ID = -1_000_000_000_000;

/** Keeps the supergroup that a group has become, and which groups have become a supergroup. */
export interface MovedChatMemory {
  loadMovedChat(): Promise<number | null>;
  /** Of the supergroup, the ids that it had as a group. */
  loadFormerChats(chatId: number): Promise<readonly number[]>;
  saveMovedChat(chatId: number, formerId: number | null): Promise<void>;
}

/** By what a chat is told from others; every `Chat` of the Bot API has it. */
export interface ChatName {
  readonly id: number;
  readonly type?: string;
  readonly username?: string;
}

/** The Telegram chat where the desk works. Its id changes when a group becomes a supergroup. */
export class AdminChat {
  readonly #logger: SafeLogger;
  readonly #memory: MovedChatMemory;
  #id: number | string;
  /** The `@username` of a chat that is known by its id, or the other way round; learnt on the way. */
  #otherName: number | string | undefined;
  /** What was written before a move is delivered under the id of that time, up to a day later. */
  readonly #formerIds = new Set<number>();

  /**
   * @param id A chat's id, or the `@username` of a public group.
   * @param memory Where a move is kept, so that a process that starts later knows of it.
   */
  constructor(id: number | string, memory: MovedChatMemory, errors?: ErrorDescriber) {
    this.#logger = new SafeLogger(AdminChat.name, errors);
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

  /** Whether an update's chat is this one, under its present id or a former one. */
  is({ id, username }: ChatName): boolean {
    const name = username && `@${username}`;
    const isThis = id === this.#id || (name !== undefined && isSame(name, this.#id));
    if (isThis) this.#otherName = id === this.#id ? name : id;
    return isThis || this.#formerIds.has(id);
  }

  /** Whether the `chat_id` of a call means this chat. */
  isNamed(chatId: unknown): boolean {
    return isSame(chatId, this.#id) || isSame(chatId, this.#otherName);
  }

  /** From now on, the desk works in the supergroup that the group became. */
  moveTo(id: number): void {
    if (id === this.#id) return;
    const formerId = this.#follow(id);
    this.#logger.warn(
      `The admin chat has become the supergroup ${id}. The old adminChatId goes on working; set the new one only when nothing waits, because what waits is kept under the old one`,
    );
    this.#memory.saveMovedChat(id, formerId).catch((error: unknown) => {
      this.#logger.warn(
        `The move was not kept: ${this.#logger.describe(error)}; it will be learnt again`,
      );
    });
  }

  /** Whether it is a basic group, which may become a supergroup at any time. */
  get mayMove(): boolean {
    return typeof this.#id === 'number' && this.#id < 0 && this.#id > FIRST_SUPERGROUP_ID;
  }

  /** Whether a chat may be this one by a move that only {@link restore} can tell of. */
  mayBe({ type }: ChatName): boolean {
    if (type === 'supergroup') return this.mayMove;
    return type === 'group' && typeof this.#id === 'number' && this.#id < FIRST_SUPERGROUP_ID;
  }

  /** Follows a move that this process, or another one, has seen before. */
  async restore(): Promise<void> {
    try {
      const moved = await this.#memory.loadMovedChat();
      if (moved !== null && moved !== this.#id) this.#follow(moved);
      if (typeof this.#id !== 'number') return;
      const formerIds = await this.#memory.loadFormerChats(this.#id);
      for (const formerId of formerIds) this.#formerIds.add(formerId);
    } catch (error) {
      this.#logger.warn(
        `Whether the admin chat has moved is not known: ${this.#logger.describe(error)}`,
      );
    }
  }

  /** Takes on a new id; returns the former one. */
  #follow(id: number): number | null {
    const formerId = typeof this.#id === 'number' ? this.#id : null;
    if (formerId !== null) this.#formerIds.add(formerId);
    this.#id = id;
    this.#otherName = undefined;
    return formerId;
  }
}

/** Telegram takes an id as a number or as a text, and a username in any case. */
function isSame(one: unknown, other: number | string | undefined): boolean {
  if (typeof one !== 'number' && typeof one !== 'string') return false;
  return String(one).toLowerCase() === String(other).toLowerCase();
}
