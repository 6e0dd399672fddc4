import type { BotCommand } from '@grammyjs/types';

/** The commands that a bot has set, by scope and language. */
export class CommandStore {
  readonly #commands = new Map<string, readonly BotCommand[]>();

  get(scope: string, language: string): readonly BotCommand[] {
    return this.#commands.get(`${scope} ${language}`) ?? [];
  }

  set(scope: string, language: string, commands: readonly BotCommand[]): void {
    this.#commands.set(`${scope} ${language}`, commands);
  }
}
