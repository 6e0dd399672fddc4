import type { BotApiEmulator, EmulatedBot, EmulatedChat } from 'telegram-bot-api-emulator';
import type { DeskOptions } from '../config/desk.options.js';
import type { TelegramModuleOptions } from '../config/telegram-module.options.js';

/** The name of the bot or desk that has none. */
const DEFAULT_NAME = 'default';

/** The chats in an emulator where the desks of an app work, by the names of bot and desk. */
export class EmulatedDesks {
  readonly #emulator: BotApiEmulator;
  readonly #bots: ReadonlyMap<string, EmulatedBot>;
  readonly #chats = new Map<string, EmulatedChat>();

  /** @param names Of the bots beside the default one, in the order of those of the emulator. */
  constructor(emulator: BotApiEmulator, names: readonly string[], chat: EmulatedChat) {
    this.#emulator = emulator;
    this.#bots = new Map(
      [DEFAULT_NAME, ...names].flatMap((name, index) => {
        const bot = emulator.bots[index];
        return bot ? [[name, bot]] : [];
      }),
    );
    this.#chats.set(keyOf(DEFAULT_NAME, DEFAULT_NAME), chat);
  }

  /**
   * The chat of a desk; created when it is asked for first.
   *
   * @throws {Error} When no bot has the name.
   */
  chatOf(desk: string, bot = DEFAULT_NAME, isForum = false): EmulatedChat {
    const key = keyOf(bot, desk);
    const known = this.#chats.get(key);
    if (known) return known;
    const own = this.#botOf(bot);
    const chat = this.#emulator.createSupergroup({ title: key, isForum });
    chat.setBotStatus('administrator', own);
    this.#chats.set(key, chat);
    return chat;
  }

  /** The token and the chats that an app uses instead of its own. */
  optionsOf(bot: string, given: TelegramModuleOptions): Partial<TelegramModuleOptions> {
    const { mode } = given;
    const desks = Object.entries(given.desks ?? {}).map(([name, desk]): [string, DeskOptions] => {
      const chat = this.chatOf(name, bot, (desk.mode ?? mode) === 'topics');
      return [name, Object.assign({}, desk, { adminChatId: chat.id })];
    });
    return {
      botToken: this.#botOf(bot).token,
      adminChatId: this.chatOf(DEFAULT_NAME, bot, mode === 'topics').id,
      ...(given.desks && { desks: Object.fromEntries(desks) }),
    };
  }

  #botOf(name: string): EmulatedBot {
    const bot = this.#bots.get(name);
    if (bot) return bot;
    throw new Error(
      `The app has a bot named "${name}", and the test desk has none: TelegramTestDesk.start({ bots: ['${name}'] })`,
    );
  }
}

function keyOf(bot: string, desk: string): string {
  return `${bot}/${desk}`;
}
