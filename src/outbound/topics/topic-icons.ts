import { Injectable } from '@nestjs/common';
import { BotApiClient } from '../../bot/bot-api-client.js';
import { SafeLogger } from '../../common/safe-logger.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { ErrorDescriber } from '../../errors/index.js';
import type { ShownStatus } from '../../threads/thread-record.interface.js';

/** Asks for a coloured emoji where there is a plain one, too. */
const VARIATION_SELECTOR = /\ufe0f/g;

/** Finds the icons by which topics show how their threads stand, among those that Telegram has. */
@Injectable()
export class TopicIcons {
  readonly #logger: SafeLogger;
  #ids: Promise<ReadonlyMap<string, string>> | undefined;

  constructor(
    private readonly api: BotApiClient,
    private readonly settings: TelegramSettings,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(TopicIcons.name, errors);
  }

  /**
   * The custom emoji of a status: empty for none, undefined when Telegram has no such icon.
   *
   * @throws {@link BotApiError} When Telegram does not list its icons. The next call asks again.
   */
  async idOf(status: ShownStatus): Promise<string | undefined> {
    const emoji = this.settings.topics.icons[status];
    if (emoji === '') return '';
    return (await this.#list()).get(plain(emoji));
  }

  /** Telegram has refused one of them: the next call asks again. */
  forget(): void {
    this.#ids = undefined;
  }

  #list(): Promise<ReadonlyMap<string, string>> {
    this.#ids ??= this.#load().catch((error: unknown) => {
      this.#ids = undefined;
      throw error;
    });
    return this.#ids;
  }

  async #load(): Promise<ReadonlyMap<string, string>> {
    const stickers = await this.api.call('getForumTopicIconStickers');
    const ids = new Map(
      stickers.map(({ emoji = '', custom_emoji_id: id = '' }) => [plain(emoji), id]),
    );
    const { icons } = this.settings.topics;
    const missing = Object.values(icons).filter((emoji) => emoji !== '' && !ids.has(plain(emoji)));
    if (missing.length > 0) {
      this.#logger.warn(
        `Telegram has no topic icons for ${missing.join(' ')}, so they are left out. Set the option topics.icons to emoji that it has, such as ${[...ids.keys()].slice(0, 20).join(' ')}`,
      );
    }
    return ids;
  }
}

function plain(emoji: string): string {
  return emoji.replaceAll(VARIATION_SELECTOR, '');
}
