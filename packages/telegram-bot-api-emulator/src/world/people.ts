import type { User } from '@grammyjs/types';

/** What is known of a person from the start. */
export interface PersonOptions {
  /** The user id; a large one by default, since Telegram's no longer fit into 32 bits. */
  readonly id?: number;
  readonly username?: string;
  /** Bots never see each other's messages. False by default. */
  readonly isBot?: boolean;
}

const FIRST_USER_ID = 5_100_000_001;

/** The people of the emulator, who are the same in every chat. */
export class People {
  readonly #people = new Map<string, User>();
  #nextId = FIRST_USER_ID;

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
    };
    this.#people.set(name, user);
    return user;
  }

  /** The person of this user id. */
  find(id: number): User | undefined {
    return [...this.#people.values()].find((user) => user.id === id);
  }
}
