import type { User } from '@grammyjs/types';
import type { WorldChanges } from './world-changes.js';

/** What is known of a person from the start. */
export interface PersonOptions {
  /** The user id; a large one by default, since Telegram's no longer fit into 32 bits. */
  readonly id?: number;
  readonly username?: string;
  /** The language of the app, as in `de`; its updates and the commands that the person sees go by it. */
  readonly languageCode?: string;
  /** Bots never see each other's messages. False by default. */
  readonly isBot?: boolean;
}

const FIRST_USER_ID = 5_100_000_001;

/** The people of the emulator, who are the same in every chat. */
export class People {
  readonly #people = new Map<string, User>();
  /** The ids of those whose apps are closed. */
  readonly #offline = new Set<number>();
  readonly #changes: WorldChanges;
  #nextId = FIRST_USER_ID;

  constructor(changes: WorldChanges) {
    this.#changes = changes;
  }

  /** All of them, in the order in which they came. */
  get list(): User[] {
    return [...this.#people.values()];
  }

  /** The person of this name; options count the first time. */
  get(name: string, options: PersonOptions = {}): User {
    const known = this.#people.get(name);
    if (known && options.id !== undefined && options.id !== known.id) {
      throw new Error(`${name} is user ${known.id} already`);
    }
    if (known) return known;
    const user: User = {
      id: options.id ?? this.#nextId++,
      is_bot: options.isBot ?? false,
      first_name: name,
      ...(options.username !== undefined && { username: options.username }),
      ...(options.languageCode !== undefined && { language_code: options.languageCode }),
    };
    this.#people.set(name, user);
    this.#changes.emit({ kind: 'person', userId: user.id });
    return user;
  }

  /** The person of this user id. */
  find(id: number): User | undefined {
    return this.list.find((user) => user.id === id);
  }

  /** Whether the app of a person is open, as it is at first. */
  isOnline(id: number): boolean {
    return !this.#offline.has(id);
  }

  /** Opens or closes the app of a person. */
  setOnline(id: number, isOnline: boolean): void {
    if (isOnline) this.#offline.delete(id);
    else this.#offline.add(id);
  }
}
