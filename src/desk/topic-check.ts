import type { ChatFullInfo, UserFromGetMe } from '@grammyjs/types';
import { Injectable } from '@nestjs/common';
import { BotApiClient } from '../bot/bot-api-client.js';
import { TopicAvailability } from '../chat/topic-availability.js';
import { SafeLogger } from '../common/safe-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ErrorDescriber } from '../errors/index.js';
import { TopicIcons } from '../outbound/topics/topic-icons.js';

/** Finds out whether the admin chat has topics, and whether the bot has the rights that they need. */
@Injectable()
export class TopicCheck {
  readonly #logger: SafeLogger;

  constructor(
    private readonly settings: TelegramSettings,
    private readonly api: BotApiClient,
    private readonly availability: TopicAvailability,
    private readonly icons: TopicIcons,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(TopicCheck.name, errors);
  }

  /**
   * Does nothing but with `mode: 'topics'`.
   *
   * @throws {@link BotApiError} When Telegram does not answer.
   */
  async check(bot: UserFromGetMe, chat: ChatFullInfo, signal: AbortSignal): Promise<void> {
    if (this.settings.mode !== 'topics') return;
    if (chat.type === 'private') {
      this.availability.learn({ isForum: bot.has_topics_enabled, mayManage: true });
    } else if (chat.is_forum) await this.#checkRights(bot, chat, signal);
    else this.availability.learn({ isForum: false });
    if (this.availability.isAvailable) await this.#checkIcons();
  }

  /** The log then says which of the configured icons Telegram does not have. They are looked up again when needed. */
  async #checkIcons(): Promise<void> {
    try {
      await this.icons.idOf('waiting');
    } catch (error) {
      this.#logger.debug(`The icons of topics are not known: ${this.#logger.describe(error)}`);
    }
  }

  async #checkRights(
    { id: userId }: UserFromGetMe,
    { id: chatId }: ChatFullInfo,
    signal: AbortSignal,
  ): Promise<void> {
    const params = { chat_id: chatId, user_id: userId };
    const member = await this.api.call('getChatMember', params, { signal });
    const isAdministrator = member.status === 'administrator';
    const mayManage = isAdministrator && member.can_manage_topics === true;
    this.availability.learn({ isForum: true, mayManage });
    if (mayManage && !member.can_delete_messages) {
      this.#logger.warn(
        'The bot may not delete messages, so Telegram shows in a topic each change of its icon. Give it that right to keep topics clean',
      );
    }
  }
}
