import type { ErrorDescriber } from '../errors/index.js';
import { SafeLogger } from '../common/safe-logger.js';

/** The ids of supergroups and channels are below this, those of basic groups above. */
const FIRST_SUPERGROUP_ID = -1_000_000_000_000;

/** Stores which supergroup a group has become. */
export interface MovedChatRepository {
  loadMovedChat(): Promise<number | null>;
  /** The ids that a supergroup had as a group. */
  loadFormerChats(chatId: number): Promise<readonly number[]>;
  saveMovedChat(chatId: number, formerId: number | null): Promise<void>;
}

/** What identifies a chat; every `Chat` of the Bot API has it. */
export interface ChatName {
  readonly id: number;
  readonly type?: string;
  readonly username?: string;
}

/** The Telegram chat where the desk works. Its id changes when a group becomes a supergroup. */
export class AdminChat {
  readonly #logger: SafeLogger;
  readonly #repository: MovedChatRepository;
  #id: number | string;
  /** The `@username` of a chat that is configured by its id, or the other way round; learnt from updates. */
  #otherName: number | string | undefined;
  #hasMoved = false;
  /** Telegram delivers what was written before a move under the id of that time, up to a day later. */
  readonly #formerIds = new Set<number>();

  /**
   * @param id A chat's id, or the `@username` of a public group.
   * @param repository Stores a move for processes that start later.
   */
  constructor(id: number | string, repository: MovedChatRepository, errors?: ErrorDescriber) {
    this.#logger = new SafeLogger(AdminChat.name, errors);
    this.#id = id;
    this.#repository = repository;
  }

  /** The `chat_id` to send to. */
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

  /** Whether the `chat_id` of a call means this chat, under its present id or a former one. */
  isNamed(chatId: unknown): boolean {
    const names = [this.#id, this.#otherName, ...this.#formerIds];
    return names.some((name) => isSame(chatId, name));
  }

  /** The number of the chat; undefined while only its username is known. */
  get number(): number | undefined {
    return [this.#id, this.#otherName].find((name) => typeof name === 'number');
  }

  /** Whether something of a chat is in this one; taken for granted while only the username of this one is known. */
  mayHave({ chatId }: { readonly chatId: number }): boolean {
    return this.number === undefined || this.number === chatId;
  }

  /** Whether this process has seen the move to a supergroup, and logged it. */
  get hasMoved(): boolean {
    return this.#hasMoved;
  }

  /** Moves the desk to the supergroup that the group has become. */
  moveTo(id: number): void {
    if (id === this.#id) return;
    this.#hasMoved = true;
    const formerId = this.#follow(id);
    this.#logger.warn(
      `The admin chat has become the supergroup ${id}. The old adminChatId still works; set the new one only when nothing is queued, because queued notices are stored under the old one`,
    );
    this.#repository.saveMovedChat(id, formerId).catch((error: unknown) => {
      this.#logger.warn(
        `The move was not stored: ${this.#logger.describe(error)}. The desk will notice it again after a restart`,
      );
    });
  }

  /** Whether it is a basic group, which may become a supergroup at any time. */
  get mayMove(): boolean {
    return typeof this.#id === 'number' && this.#id < 0 && this.#id > FIRST_SUPERGROUP_ID;
  }

  /** Whether a chat may be this one after a move that another process has stored, see {@link restore}. */
  mayBe({ type }: ChatName): boolean {
    if (type === 'supergroup') return this.mayMove;
    return type === 'group' && typeof this.#id === 'number' && this.#id < FIRST_SUPERGROUP_ID;
  }

  /** Follows a move that this process, or another one, has stored before. Never rejects. */
  async restore(): Promise<void> {
    try {
      const moved = await this.#repository.loadMovedChat();
      if (moved !== null && moved !== this.#id) this.#follow(moved);
      if (typeof this.#id !== 'number') return;
      const formerIds = await this.#repository.loadFormerChats(this.#id);
      for (const formerId of formerIds) this.#formerIds.add(formerId);
    } catch (error) {
      this.#logger.warn(
        `Could not look up whether the admin chat has moved: ${this.#logger.describe(error)}`,
      );
    }
  }

  /** Adopts a new id; returns the former one. */
  #follow(id: number): number | null {
    const formerId = typeof this.#id === 'number' ? this.#id : null;
    if (formerId !== null) this.#formerIds.add(formerId);
    this.#id = id;
    this.#otherName = undefined;
    return formerId;
  }
}

/** Telegram accepts an id as a number or as a string, and a username in any case. */
function isSame(one: unknown, other: number | string | undefined): boolean {
  if (typeof one !== 'number' && typeof one !== 'string') return false;
  return String(one).toLowerCase() === String(other).toLowerCase();
}
